using Actors.Client.Planning;
using Actors.Messages.Content;
using Actors.Messages.Tree;
using BenchmarkDotNet.Attributes;

namespace Actors.Bench.Micro;

/// <summary>A plan for a replica of so many files, in directories of 100: after one edit, and for all paths at once.</summary>
public class PlannerBenchmarks
{
    private const int FilesInDirectory = 100;

    private readonly ReplicaTrees _equal = new();
    private readonly ReplicaTrees _empty = new();
    private readonly ReplicaTrees _edited = new();
    private RelativePath[] _edit = [];

    [Params(1_000, 10_000)]
    public int Files { get; set; }

    [GlobalSetup]
    public void MakeTrees()
    {
        for (ulong file = 0; file < (ulong)Files; file++)
        {
            string directory = $"directory-{file / FilesInDirectory}";
            Add(RelativePath.Parse(directory), EntryState.Folder, file + 1);
            Add(RelativePath.Parse($"{directory}/file-{file}"), EntryState.File(ContentRef.Of(BitConverter.GetBytes(file))), file + 1);
        }
        _edit = [RelativePath.Parse("directory-1/file-101")];
        _edited.SetLocal(_edit[0], EntryState.File(ContentRef.Of("an edit"u8)));
    }

    [Benchmark]
    public object One_edit() => Planner.Plan(_edited, _edit, NoConflict);

    [Benchmark]
    public object All_paths_of_equal_trees() => Planner.Plan(_equal, [default], NoConflict);

    [Benchmark]
    public object All_paths_of_a_first_download() => Planner.Plan(_empty, [default], NoConflict);

    private void Add(RelativePath path, EntryState state, ulong version)
    {
        var entry = new TreeEntry(path, state, version);
        foreach (var trees in (ReplicaTrees[])[_equal, _edited])
        {
            trees.SetLocal(path, state);
            trees.SetSynced(path, entry);
            trees.SetRemote(path, entry);
        }
        _empty.SetRemote(path, entry);
    }

    private static RelativePath NoConflict(RelativePath path) => throw new InvalidOperationException($"{path} is in no conflict");
}
