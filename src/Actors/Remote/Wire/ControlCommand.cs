namespace Actors.Remote;

/// <summary>What a control frame says; the numbers are the wire's.</summary>
internal enum ControlCommand
{
    None = 0,
    Associate = 1,
    Disassociate = 2,
    Heartbeat = 3,
    DisassociateShuttingDown = 4,
    DisassociateQuarantined = 5,
}
