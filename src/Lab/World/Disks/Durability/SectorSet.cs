using System.Collections;

namespace Actors.Lab.World.Disks;

/// <summary>Numbers of sectors of one file, in ascending order.</summary>
internal sealed class SectorSet : IEnumerable<int>
{
    private bool[] _has = [];
    private int _end;

    public int Count { get; private set; }

    public void Add(int sector)
    {
        if (sector >= _has.Length)
            Array.Resize(ref _has, Math.Max(sector + 1, 2 * _has.Length));
        if (_has[sector])
            return;
        _has[sector] = true;
        _end = Math.Max(_end, sector + 1);
        Count++;
    }

    public void Clear()
    {
        Array.Clear(_has, 0, _end);
        (_end, Count) = (0, 0);
    }

    public IEnumerator<int> GetEnumerator()
    {
        for (var sector = 0; sector < _end; sector++)
        {
            if (_has[sector])
                yield return sector;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
