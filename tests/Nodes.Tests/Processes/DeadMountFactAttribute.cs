using Xunit;

namespace Nodes.Tests.Processes;

/// <summary>A test that mounts a file system which never answers: see <see cref="MountFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DeadMountFactAttribute : FactAttribute
{
    public DeadMountFactAttribute()
    {
        Skip = !File.Exists("/dev/fuse") ? "/dev/fuse is not there" : new MountFactAttribute().Skip;
    }
}
