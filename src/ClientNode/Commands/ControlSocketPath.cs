using System.Net.Sockets;
using System.Text;
using Actors.Client.FileSystem;

namespace Actors.Client.Commands;

/// <summary>
/// The address of a replica's control socket. The system takes about 100 bytes for one; a replica that lies deeper is
/// reached by a symbolic link, which is needed only while the address is looked up.
/// </summary>
internal sealed class ControlSocketPath : IDisposable
{
    private const int AddressBytesMax = 100;

    private readonly string? _link;

    public ControlSocketPath(string replica)
    {
        File = FileOf(replica);
        var address = File;
        if (Encoding.UTF8.GetByteCount(File) > AddressBytesMax)
        {
            _link = Directory.CreateTempSubdirectory("actors-").FullName;
            Directory.CreateSymbolicLink(Path.Combine(_link, "d"), Path.GetDirectoryName(File)!);
            address = Path.Combine(_link, "d", ReplicaLayout.ControlSocket);
        }
        EndPoint = new UnixDomainSocketEndPoint(address);
    }

    public static string FileOf(string replica) => Path.Combine(replica, ReplicaLayout.Own.ToString(), ReplicaLayout.ControlSocket);

    /// <summary>Where the socket lies.</summary>
    public string File { get; }

    public UnixDomainSocketEndPoint EndPoint { get; }

    public void Dispose()
    {
        if (_link is null)
            return;
        System.IO.File.Delete(Path.Combine(_link, "d"));
        Directory.Delete(_link);
    }
}
