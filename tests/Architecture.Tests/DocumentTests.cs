using System.Text.RegularExpressions;
using Xunit;

namespace Actors.Architecture.Tests;

public sealed partial class DocumentTests
{
    private static readonly string[] Files = [.. SourceTree.Files("*", "src", "tests", "bench", "docs", "hocon", ".ci")];

    // Decisions tell of files as they were then.
    private static readonly string[] Documents =
    [
        .. Directory.EnumerateFiles(SourceTree.Root, "*.md").Select(file => Path.GetFileName(file)),
        .. SourceTree.Files("*.md", "docs").Where(file => !file.StartsWith("docs/decisions/", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Every_file_that_a_document_names_exists()
    {
        var missing =
            from document in Documents
            from Match name in Name().Matches(SourceTree.Read(document))
            let path = name.Groups[1].Value.TrimEnd('/')
            where !Exists(path) && !Files.Any(file => file.EndsWith('/' + path, StringComparison.Ordinal))
            select $"{document}: there is no {path}";
        Offenders.None(missing);
    }

    [Fact]
    public void Every_link_of_a_document_leads_somewhere()
    {
        var missing =
            from document in Documents
            from Match link in Link().Matches(SourceTree.Read(document))
            let path = Path.Combine(Path.GetDirectoryName(document)!, link.Groups[1].Value)
            where !Exists(path)
            select $"{document}: the link to {link.Groups[1].Value} leads nowhere";
        Offenders.None(missing);
    }

    private static bool Exists(string path) => Path.Exists(Path.Combine(SourceTree.Root, path));

    // `Cache/Replica.cs`, by its whole path or the end of it, and folders by their whole path.
    [GeneratedRegex(@"`([\w./-]+\.(?:cs|csproj|proto|conf|md|svg|py)|(?:src|tests|bench|docs|hocon|\.ci)/[\w./-]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"\]\(([\w./-]+)(?:#[\w-]+)?\)")]
    private static partial Regex Link();
}
