using System.Reflection;
using System.Text;
using Actors.Lab.World;
using Actors.Lab.World.Network;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace Actors.Lab.Tests.World.Network;

/// <summary>A process that listens, dials and remembers what came, as Akka.NET's remoting would use its transport.</summary>
internal sealed class Endpoint : IAssociationEventListener
{
    private readonly SimulatedWorld _world;
    private SimulatedTransport? _transport;

    public Endpoint(SimulatedWorld world, string machine, int port = 0)
    {
        _world = world;
        Machine = world.Machines.FirstOrDefault(known => known.Name == machine) ?? world.AddMachine(machine);
        Process = Machine.StartProcess(machine);
        Process.Run(() =>
        {
            var system = ActorSystem.Create("endpoint", SimulatedConfig.Over(ConfigurationFactory.Empty));
            _transport = new SimulatedTransport(system, ConfigurationFactory.ParseString(
                $"hostname = 127.0.0.1, port = {port}, maximum-frame-size = 128000b, connection-timeout = 15s"));
            var (address, listener) = _transport.Listen().Result;
            listener.SetResult(this);
            Port = address.Port!.Value;
        });
    }

    public Machine Machine { get; }
    public MachineProcess Process { get; }
    public int Port { get; private set; }
    public List<Line> Lines { get; } = [];
    public List<string> Failures { get; } = [];
    public Line Last => Lines[^1];

    public void Dial(int port)
    {
        Process.Run(() => _ = DialAsync());

        async Task DialAsync()
        {
            try
            {
                Open(await _transport!.Associate(new Address("tcp", "endpoint", "127.0.0.1", port)));
            }
            catch (InvalidAssociationException e)
            {
                Failures.Add(e.Message);
            }
        }
    }

    void IAssociationEventListener.Notify(IAssociationEvent ev) => Open(((InboundAssociation)ev).Association);

    private void Open(AssociationHandle handle)
    {
        var line = new Line(_world, Process, handle);
        Lines.Add(line);
        handle.ReadHandlerSource.SetResult(line);
    }

    internal sealed class Line(SimulatedWorld world, MachineProcess process, AssociationHandle handle) : IHandleEventListener
    {
        private static readonly FieldInfo How = typeof(Disassociated).GetField("Info", BindingFlags.Instance | BindingFlags.NonPublic)!;
        private readonly StringBuilder _received = new();

        public string Received => _received.ToString();
        public TimeSpan ReceivedAt { get; private set; }
        public long ReceivedBytes { get; private set; }

        /// <summary>Null while the connection lives.</summary>
        public DisassociateInfo? Ended { get; private set; }

        /// <summary>Sends one frame that carries a message; false: the connection has ended.</summary>
        public bool Send(string text) => Send(Encoding.ASCII.GetBytes(text));

        public bool Send(byte[] text)
        {
            var sent = false;
            process.Run(() => sent = handle.Write(ByteString.CopyFrom([0x0a, .. text])));
            return sent;
        }

        public void Close() => process.Run(() => handle.Disassociate("the test", NoLogger.Instance));

        void IHandleEventListener.Notify(IHandleEvent ev)
        {
            if (ev is InboundPayload { Payload: var payload })
            {
                _received.Append(payload.ToStringUtf8().AsSpan(1));
                ReceivedBytes += payload.Length;
                ReceivedAt = world.Now;
                return;
            }
            Assert.Null(Ended);
            Ended = (DisassociateInfo)How.GetValue(ev)!;
        }
    }
}
