namespace Actors.Client.Commands;

/// <summary>Tells this machine from others, as well as it can be told.</summary>
internal static class MachineName
{
    private const string LinuxMachineId = "/etc/machine-id";

    public static string Read()
    {
        try
        {
            if (File.Exists(LinuxMachineId) && File.ReadAllText(LinuxMachineId).Trim() is { Length: > 0 } id)
                return id;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The name of the machine must do.
        }
        return Environment.MachineName;
    }
}
