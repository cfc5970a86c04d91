namespace Actors.Configuration;

/// <summary>Where a value was written: a source and an offset into it. The default is a value that was made by code.</summary>
internal readonly record struct HoconOrigin(HoconSource? Source, int Offset)
{
    public (int Line, int Column) Locate() => Source?.Locate(Offset) ?? (0, 0);

    public override string ToString()
    {
        if (Source is null)
            return "(made by code)";
        var (line, column) = Locate();
        return Source.Name is null ? $"line {line}, column {column}" : $"{Source.Name}:{line}:{column}";
    }
}
