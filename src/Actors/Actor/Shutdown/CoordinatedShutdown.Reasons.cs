namespace Actors.Runtime;

public sealed partial class CoordinatedShutdown
{
    /// <summary>Why a system is shut down.</summary>
    public abstract class Reason
    {
        /// <summary>With what code the process ends, if the shutdown ends it.</summary>
        public abstract int ExitCode { get; }
    }

    /// <summary>The reason is not known.</summary>
    public class UnknownReason : Reason
    {
        /// <summary>The only instance.</summary>
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason() { }

        /// <inheritdoc/>
        public override int ExitCode => 0;
    }

    /// <summary>The actor system was told to terminate.</summary>
    public class ActorSystemTerminateReason : Reason
    {
        /// <summary>The only instance.</summary>
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason() { }

        /// <inheritdoc/>
        public override int ExitCode => 0;
    }

    /// <summary>The process ends.</summary>
    public class ClrExitReason : Reason
    {
        /// <summary>The only instance.</summary>
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason() { }

        /// <inheritdoc/>
        public override int ExitCode => 0;
    }

    /// <summary>The cluster downed this node.</summary>
    public class ClusterDowningReason : Reason
    {
        /// <summary>The only instance.</summary>
        public static readonly Reason Instance = new ClusterDowningReason();

        private ClusterDowningReason() { }

        /// <inheritdoc/>
        public override int ExitCode => -1;
    }

    /// <summary>This node leaves the cluster.</summary>
    public class ClusterLeavingReason : Reason
    {
        /// <summary>The only instance.</summary>
        public static readonly Reason Instance = new ClusterLeavingReason();

        private ClusterLeavingReason() { }

        /// <inheritdoc/>
        public override int ExitCode => 0;
    }

    /// <summary>The cluster could not be joined.</summary>
    public class ClusterJoinUnsuccessfulReason : Reason
    {
        /// <summary>The only instance.</summary>
        public static readonly Reason Instance = new ClusterJoinUnsuccessfulReason();

        private ClusterJoinUnsuccessfulReason() { }

        /// <inheritdoc/>
        public override int ExitCode => -1;
    }
}
