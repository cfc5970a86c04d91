using Xunit;

namespace Nodes.Tests.Processes;

/// <summary>A test of what only the project's own runtime has.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OwnRuntimeFactAttribute : FactAttribute
{
    public OwnRuntimeFactAttribute()
    {
        if (typeof(ActorSystem).Assembly.GetName().Name != "Actors")
            Skip = "Akka.NET has other settings for it.";
    }
}
