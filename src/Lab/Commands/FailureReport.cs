using System.Reflection;
using System.Text;
using Actors.Lab.Plans;
using Actors.Lab.Runs;
using Actors.NodeShell;

namespace Actors.Lab.Commands;

/// <summary>What a person needs to look into a failure: what failed, on which sources, and how to see it again.</summary>
internal static class FailureReport
{
    public static string Of(RunPlan whole, RunResult failure, RunPlan small, RunResult smallFailure, string? plant)
    {
        var text = new StringBuilder();
        text.AppendLine($"FAILED: seed {whole.Seed}, {failure.Finding}");
        text.AppendLine($"  sources:  {Sources()}");
        text.AppendLine($"  again:    {Command(whole, plant)} --trace");
        text.AppendLine($"  smaller:  {Command(whole, plant)}{Options(whole, small)} --trace");
        text.AppendLine($"            {Counted.Of(small.Clients, "client")}, {small.Faults.Count} of {whole.Faults.Count} faults, {small.Edits.Count} of {whole.Edits.Count} edits: {smallFailure.Finding}");
        foreach (var fault in small.Faults)
            text.AppendLine($"            {fault.At.TotalSeconds,9:F3} s  {fault}");
        foreach (var edit in small.Edits)
            text.AppendLine($"            {edit.At.TotalSeconds,9:F3} s  {edit}");
        return text.ToString();
    }

    private static string Sources() =>
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static string Command(RunPlan plan, string? plant) =>
        $"dotnet run -c Release --project src/Lab -- simulate --seed {plan.Seed}{(plant is null ? "" : $" --plant {plant}")}";

    private static string Options(RunPlan whole, RunPlan small)
    {
        var clients = small.Clients < whole.Clients ? $" --clients {small.Clients}" : "";
        var files = small.Files.Count == 0 && whole.Files.Count > 0 ? " --no-files" : "";
        return $"{clients}{files} --only \"{string.Join(',', small.Items)}\"";
    }
}
