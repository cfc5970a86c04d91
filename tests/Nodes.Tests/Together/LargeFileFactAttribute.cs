using Xunit;

namespace Nodes.Tests.Together;

/// <summary>A test that needs several GiB of disk; skipped, with the reason, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LargeFileFactAttribute : FactAttribute
{
    private const long BytesNeeded = 6L << 30;

    public LargeFileFactAttribute()
    {
        var free = new DriveInfo(Path.GetTempPath()).AvailableFreeSpace;
        if (free < BytesNeeded)
            Skip = $"needs {BytesNeeded >> 30} GiB of free disk under {Path.GetTempPath()}, where {free >> 30} are free";
        else if (!OperatingSystem.IsLinux())
            Skip = "reads the resident memory from /proc";
    }
}
