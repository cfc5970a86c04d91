using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Lab.Plants;

/// <summary>What was missing once is missing for so many more looks, although it is there again and listed.</summary>
internal sealed class AbsenceOutlivesListing : Plant
{
    private const int Looks = 40;

    private readonly HashSet<RelativePath> _seen = [];
    private readonly Dictionary<RelativePath, int> _missing = [];

    public override IFileSystem Files(IFileSystem files) => new Believing(files, this);

    private FileStat? Answer(RelativePath path, FileStat? stat)
    {
        if (path.IsRoot || path.IsReserved)
            return stat;
        if (stat is null && _seen.Remove(path))
            _missing[path] = Looks;
        if (stat is not null && _missing.TryGetValue(path, out var left))
        {
            if (left == 0)
                _missing.Remove(path);
            else
                _missing[path] = left - 1;
            return left == 0 ? stat : null;
        }
        if (stat is not null)
            _seen.Add(path);
        return stat;
    }

    private sealed class Believing(IFileSystem inner, AbsenceOutlivesListing plant) : ForwardingFileSystem(inner)
    {
        public override FileStat? Stat(RelativePath path) => plant.Answer(path, Inner.Stat(path));
    }
}
