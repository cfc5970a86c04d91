using Actors.Lab.Checking;
using Actors.Lab.Observing;

namespace Actors.Lab.Runs;

/// <summary>How a run ended.</summary>
/// <param name="Finding">Null: nothing was found.</param>
/// <param name="TraceHash">Equal for equal plans.</param>
/// <param name="Steps">Messages and continuations that were run.</param>
/// <param name="Settled">How long after the last fault everything was in order.</param>
/// <param name="Coverage">What was reached.</param>
internal sealed record RunResult(Finding? Finding, ulong TraceHash, long Steps, TimeSpan Settled, Coverage Coverage);
