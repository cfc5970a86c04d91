using Actors.Messages.Identity;

namespace Actors.Client.Storage;

/// <summary>
/// Who a replica is, and where it was when it became that: the machine, and device and inode of its own directory. A
/// replica that finds itself elsewhere is a copy, and somebody else. <paramref name="Incarnation"/> counts its starts, whoever it was.
/// </summary>
public sealed record ReplicaIdentity(NodeId Id, ulong Incarnation, string Machine, ulong Device, ulong Inode)
{
    public bool IsAt(string machine, ulong device, ulong inode) => Machine == machine && Device == device && Inode == inode;
}
