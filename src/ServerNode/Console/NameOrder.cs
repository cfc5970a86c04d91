namespace Actors.Server;

/// <summary>Names as people sort them: "Client 2" before "Client 10".</summary>
internal sealed class NameOrder : IComparer<string>
{
    public static readonly NameOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var (xWord, xNumber) = Split(x ?? "");
        var (yWord, yNumber) = Split(y ?? "");
        var order = string.CompareOrdinal(xWord, yWord);
        return order != 0 ? order : xNumber != yNumber ? xNumber.CompareTo(yNumber) : string.CompareOrdinal(x, y);
    }

    private static (string Word, ulong Number) Split(string name)
    {
        var word = name.TrimEnd(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        return ulong.TryParse(name.AsSpan(word.Length), out var number) ? (word, number) : (name, 0);
    }
}
