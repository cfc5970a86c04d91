using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Actors.Lab.Tests.World.Weaving;

/// <summary>The calls in an assembly that reach clocks, randomness and threads, one line each: who calls, and what.</summary>
internal static class RealCalls
{
    private static readonly HashSet<string> Types =
    [
        "System.Diagnostics.Stopwatch", "System.Random", "System.Security.Cryptography.RandomNumberGenerator", "System.TimeProvider", "System.Threading.Thread",
        "System.Threading.ThreadPool", "System.Threading.Timer", "System.Timers.Timer", "System.Threading.PeriodicTimer", "System.Threading.WaitHandle",
        "System.Threading.ManualResetEventSlim", "System.Threading.SemaphoreSlim", "System.Threading.Semaphore", "System.Threading.SpinWait",
    ];

    private static readonly HashSet<string> Members =
    [
        "System.DateTime::get_Now", "System.DateTime::get_UtcNow", "System.DateTime::get_Today", "System.DateTimeOffset::get_Now", "System.DateTimeOffset::get_UtcNow",
        "System.Environment::get_TickCount", "System.Environment::get_TickCount64", "System.Guid::NewGuid", "System.Threading.ThreadLocal`1::get_Value",
        "System.Threading.Monitor::Wait", "System.Threading.Tasks.Task::Run", "System.Threading.Tasks.Task::Delay", "System.Threading.Tasks.Task::Wait",
        "System.Threading.Tasks.Task::WaitAll", "System.Threading.Tasks.Task::WaitAny", "System.Threading.Tasks.Task::WaitAsync", "System.Threading.Tasks.Task`1::WaitAsync",
        "System.Threading.Tasks.Task::RunSynchronously", "System.Threading.Tasks.TaskScheduler::get_Default", "System.Threading.CancellationTokenSource::CancelAfter",
        "System.Threading.Tasks.TaskFactory::StartNew", "System.Collections.Concurrent.ConcurrentDictionary`2::GetEnumerator",
    ];

    public static IEnumerable<string> In(ModuleDefinition module) =>
        from type in module.GetTypes()
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        where instruction.Operand is MethodReference
        let called = (MethodReference)instruction.Operand
        where IsReal(instruction, called)
        select $"{type.FullName}::{method.Name} -> {called.DeclaringType.GetElementType().FullName}::{called.Name}";

    private static bool IsReal(Instruction instruction, MethodReference called)
    {
        var type = called.DeclaringType.GetElementType().FullName;
        return Types.Contains(type)
            || Members.Contains($"{type}::{called.Name}")
            || type == "System.Threading.CancellationTokenSource" && called is { Name: ".ctor", HasParameters: true }
            // Counters that all systems of a process share.
            || instruction.Previous?.OpCode.Code is Code.Ldsflda && type == "System.Threading.Interlocked"
            // A continuation that may go elsewhere.
            || called.Name == "ConfigureAwait" && instruction.Previous?.OpCode.Code != Code.Ldc_I4_1;
    }
}
