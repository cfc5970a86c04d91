namespace Actors.Client.FileSystem;

/// <summary>Whether a file is open for writing.</summary>
public enum WriterState
{
    /// <summary>The system says that no process has it open for writing.</summary>
    Closed,
    /// <summary>The system says that some process has.</summary>
    Open,
    /// <summary>The system does not say, of this file or of any: "cannot tell" is not "closed".</summary>
    Unknown,
}
