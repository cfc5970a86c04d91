using Xunit;

namespace Nodes.Tests.Processes;

/// <summary>A test that makes network namespaces; skipped, with the reason, where that is not possible.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NamespacesFactAttribute : FactAttribute
{
    public NamespacesFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "needs Linux: it makes network namespaces";
        else if (Environment.UserName != "root" || !File.Exists("/usr/sbin/ip") && !File.Exists("/sbin/ip"))
            Skip = "needs root and iproute2: it makes network namespaces";
    }
}
