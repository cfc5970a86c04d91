namespace Actors.Configuration;

/// <summary>An include statement: the quoted name, whether it stood in <c>file()</c>, and the file that it stands in, if any.</summary>
internal readonly record struct HoconInclude(string Name, bool IsFile, string? IncludingFile, HoconOrigin Origin);
