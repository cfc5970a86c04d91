using Actors.Runtime;

namespace Actors.Testing;

/// <summary>An auto-pilot as a function; see <see cref="AutoPilot.Run"/>.</summary>
public delegate AutoPilot AutoPilotDelegate(IActorRef sender, object message);
