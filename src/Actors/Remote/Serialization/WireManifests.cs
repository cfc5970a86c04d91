namespace Actors.Remote;

/// <summary>Serializers and manifests of what the runtime itself sends, as all systems write them.</summary>
internal static class WireManifests
{
    public const int Null = 0;
    public const int Protobuf = 2;
    public const int ByteArray = 4;
    public const int Selection = 6;
    public const int Misc = 16;
    public const int Primitive = 17;
    public const int System = 22;

    public static readonly byte[] None = [];
    public static readonly byte[] Identify = "ID"u8.ToArray();
    public static readonly byte[] ActorIdentity = "AID"u8.ToArray();
    public static readonly byte[] ActorRef = "AR"u8.ToArray();
    /// <summary>What a ref that leads nowhere has instead of a path.</summary>
    public static readonly byte[] NobodysPath = "nobody"u8.ToArray();
    public static readonly byte[] PoisonPill = "PP"u8.ToArray();
    public static readonly byte[] Kill = "K"u8.ToArray();
    public static readonly byte[] WatcherHeartbeat = "RWHB"u8.ToArray();
    public static readonly byte[] WatcherHeartbeatResponse = "RWHR"u8.ToArray();
    public static readonly byte[] StatusFailure = "STF"u8.ToArray();
    public static readonly byte[] StatusSuccess = "STS"u8.ToArray();
    public static readonly byte[] String = "System.String, System.Private.CoreLib"u8.ToArray();
    public static readonly byte[] Int32 = "System.Int32, System.Private.CoreLib"u8.ToArray();
    public static readonly byte[] Int64 = "System.Int64, System.Private.CoreLib"u8.ToArray();
    public static readonly byte[] Watch = "Akka.Dispatch.SysMsg.Watch, Akka"u8.ToArray();
    public static readonly byte[] Unwatch = "Akka.Dispatch.SysMsg.Unwatch, Akka"u8.ToArray();
    public static readonly byte[] DeathWatchNotification = "Akka.Dispatch.SysMsg.DeathWatchNotification, Akka"u8.ToArray();
    public static readonly byte[] Terminate = "Akka.Dispatch.SysMsg.Terminate, Akka"u8.ToArray();

    /// <summary>Whether a manifest names a primitive: by its short name, or by its .NET name whatever the assembly.</summary>
    public static bool Names(ReadOnlySpan<byte> manifest, ReadOnlySpan<byte> shortName, ReadOnlySpan<byte> netName) =>
        manifest.SequenceEqual(shortName) || (manifest.StartsWith(netName) && (manifest.Length == netName.Length || manifest[netName.Length] == (byte)','));
}
