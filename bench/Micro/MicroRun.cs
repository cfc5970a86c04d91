using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Actors.Bench.Micro;

/// <summary>What single calls cost that every edit makes.</summary>
internal static class MicroRun
{
    /// <param name="args">BenchmarkDotNet's own; none: everything, measured shortly.</param>
    /// <returns>An exit code.</returns>
    public static int Run(string[] args)
    {
        // In this process: a project that is generated below this one would be built under the repository's own rules.
        var job = (args.Length == 0 ? Job.ShortRun : Job.Default).WithToolchain(InProcessEmitToolchain.Instance);
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroRun).Assembly)
            .Run(args.Length == 0 ? ["--filter", "*"] : args, DefaultConfig.Instance.AddJob(job).AddDiagnoser(MemoryDiagnoser.Default));
        return summaries.All(summary => summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
