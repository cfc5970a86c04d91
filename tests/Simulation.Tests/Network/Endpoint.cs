using System.Text;
using Actors.Simulation.Network;

namespace Actors.Simulation.Tests.Network;

/// <summary>A process that listens, dials and remembers what came.</summary>
internal sealed class Endpoint : ITransportListener
{
    private readonly World _world;
    private readonly SimulatedTransport _transport;

    public Endpoint(World world, string machine)
    {
        _world = world;
        Machine = world.Machines.FirstOrDefault(known => known.Name == machine) ?? world.AddMachine(machine);
        Process = Machine.StartProcess(machine);
        _transport = world.Network.CreateTransport(machine, Process.Environment);
    }

    public Machine Machine { get; }
    public MachineProcess Process { get; }
    public List<Line> Lines { get; } = [];
    public List<string> Failures { get; } = [];
    public Line Last => Lines[^1];

    public int Listen(int port = 0) => _transport.Listen("127.0.0.1", port, this).Port;

    public IDisposable Dial(int port)
    {
        IDisposable? attempt = null;
        Process.Run(() => attempt = _transport.Connect("127.0.0.1", port, Accept, Failures.Add));
        return attempt!;
    }

    public void Accept(IConnection connection)
    {
        var line = new Line(_world, connection);
        Lines.Add(line);
        connection.Open(line);
    }

    void ITransportListener.OnAccepted(IConnection connection) => Accept(connection);

    void ITransportListener.OnAcceptFailed(string cause) => Failures.Add(cause);

    internal sealed class Line(World world, IConnection connection) : IConnectionHandler
    {
        private readonly byte[] _buffer = new byte[4096];
        private readonly StringBuilder _received = new();

        public string Received => _received.ToString();
        public TimeSpan ReceivedAt { get; private set; }
        public long ReceivedBytes { get; private set; }
        public bool IsClosed { get; private set; }
        public string? Cause { get; private set; }
        public int Written { get; private set; }

        /// <summary>Sends one frame that carries a message.</summary>
        public WriteResult Send(string text) => Send(Encoding.ASCII.GetBytes(text));

        public WriteResult Send(byte[] text) => connection.Write((byte[])[.. BitConverter.GetBytes(text.Length + 1), 0x0a, .. text]);

        public void CloseSending() => connection.CloseSending();

        public void Abort() => connection.Abort();

        Memory<byte> IConnectionHandler.GetReceiveBuffer() => _buffer;

        void IConnectionHandler.OnReceived(int count)
        {
            foreach (var value in _buffer.AsSpan(0, count))
            {
                if (value >= 32)
                    _received.Append((char)value);
            }
            ReceivedBytes += count;
            ReceivedAt = world.Now;
        }

        void IConnectionHandler.OnWritten() => Written++;

        void IConnectionHandler.OnClosed(string? cause)
        {
            Assert(!IsClosed);
            IsClosed = true;
            Cause = cause;
        }

        private static void Assert(bool condition) => Xunit.Assert.True(condition, "closed twice");
    }
}
