namespace Actors.Client.FileSystem;

public enum RenameMode
{
    /// <summary>Fails with <see cref="FileFault.Exists"/> where the new name is taken.</summary>
    NoReplace,
    /// <summary>Both names exist, and swap in one step.</summary>
    Exchange,
    /// <summary>Takes the new name from whatever file has it. Only for the node's own files.</summary>
    Replace,
}
