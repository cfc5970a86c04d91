using Xunit;

namespace Actors.Architecture.Tests;

public sealed class SizeTests
{
    // These limits may be lowered, never raised.
    private const int MethodLinesMax = 70;
    private const int FileLinesMax = 400;

    private static readonly string[] Folders = ["src", "tests", "bench"];

    [Fact]
    public void No_method_is_longer_than_a_screen()
    {
        var tooLong =
            from file in SourceTree.CSharpFiles(Folders)
            from method in MethodLengths.Of(SourceTree.Read(file))
            where method.Lines > MethodLinesMax
            select $"{file}:{method.Line} {method.Name} has {method.Lines} lines, at most {MethodLinesMax} are allowed";
        Offenders.None(tooLong);
    }

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var tooLong =
            from file in SourceTree.CSharpFiles(Folders)
            let lines = SourceTree.Read(file).AsSpan().TrimEnd().Count('\n') + 1
            where lines > FileLinesMax
            select $"{file} has {lines} lines, at most {FileLinesMax} are allowed";
        Offenders.None(tooLong);
    }

    [Fact]
    public void Methods_are_counted_with_their_signature_whatever_their_form()
    {
        const string source = """
            namespace N;
            class C(int x)
            {
                private int[] _table = { 1,
                    2 };
                public int Short() => 1;
                // { not a brace
                public string Text(
                    int a)
                {
                    if (a > 0) { return "}"; }
                    return $"{a}";
                }
                public C() : this(1)
                {
                }
                int Last() =>
                    Short(
                    );
                record R(int A);
                [Fact(Timeout = 1)]
                [Inline(new[] { 1 })]
                public void Attributed(int a = 1, string b = "{")
                {
                }
                public static bool operator ==(C a, C b)
                {
                    return true;
                }
                int Property { get; set; } = 1;
                class Inner
                {
                    void Deep() { foreach (var i in new[] { 1 }) { }
                    }
                }
            }
            """;
        Assert.Equal(
            [("Short", 6, 1), ("Text", 8, 6), ("C", 14, 3), ("Last", 17, 3), ("Attributed", 23, 3), ("operator ==", 26, 4), ("Deep", 33, 2)],
            MethodLengths.Of(source).Select(method => (method.Name, method.Line, method.Lines)));
    }
}
