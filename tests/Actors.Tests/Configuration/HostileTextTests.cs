using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Tests.Configuration;

/// <summary>Whatever the text: it parses or it fails with a parse exception, soon, within bounded stack and memory.</summary>
public sealed class HostileTextTests
{
    private static readonly string[] Fragments =
    [
        "a", "b", "a.b", "include", "null", "true", "1", "-", ".", "..", " ", "\n", "\t", ",", ":", "=", "+=", "+", "{", "}", "[", "]", "(", ")",
        "\"", "\"\"\"", "\\", "${a}", "${?b}", "${a.b}", "${", "${?", "$", "}", "#", "//", "/", "include \"a\"", "file(\"b\")", "required(", "\"a\"",
        "a = ${b}\n", "b = ${a.b}\n", "a { b = ${?a} }\n", "a += ${?b}\n", "a = ${?a}x\n", "b = [${?a}]\n", "\ufeff", "\0", "\ud800", "a b : c\n",
    ];

    [Fact]
    public void Random_text_parses_or_is_refused()
    {
        var text = Gen.Elements(Fragments).ListOf().Select(string.Concat);
        Prop.ForAll(text.ToArbitrary(), ParsesOrIsRefused).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(20_000).WithEndSize(40));
    }

    [Fact]
    public void Random_assignments_resolve_or_are_refused()
    {
        var path = Gen.Elements("a", "b", "c", "a.x", "b.x", "a.x.y", "c.y");
        var reference = path.Zip(Gen.Elements("${", "${?"), (p, open) => open + p + "}");
        var piece = Gen.OneOf(reference, reference, Gen.Elements("1", "s", "[1]", "{ x : 1 }", "[${?a}]", "{ x : ${?b} }", "{ x { y : ${c} } }"));
        var value = piece.NonEmptyListOf().Select(pieces => string.Join(' ', pieces.Take(3)));
        var field = path.Zip(Gen.Elements(" = ", " += ")).Zip(value, (key, v) => key.Item1 + key.Item2 + v + "\n");
        Prop.ForAll(field.ListOf().Select(string.Concat).ToArbitrary(), ParsesOrIsRefused)
            .Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(12));
    }

    [Fact]
    public void Document_cut_anywhere_parses_or_is_refused()
    {
        const string Document = """"
            # comment
            a { b = [1, "two\n", 3.5e+2] { "c.d" : ${?x} } , e += ${a.b} }
            f = x"y" ${a} // end
            include required(file("nowhere"))
            t = """x"y"""
            """";
        for (int length = 0; length <= Document.Length; length++)
            ParsesOrIsRefused(Document[..length]);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a:")]
    [InlineData("a{")]
    [InlineData("a.")]
    [InlineData("a=[{")]
    [InlineData("a+={")]
    public void Deep_nesting_is_refused(string opening) =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(string.Concat(Enumerable.Repeat(opening, 100_000)) + "x"));

    [Fact]
    public void Deep_nesting_is_refused_in_substitutions() =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString($"a = ${{?{string.Join('.', Enumerable.Repeat("a", 100_000))}}}"));

    [Fact]
    public void Long_chain_of_substitutions_is_refused_or_resolved() => ParsesOrIsRefused(Chain(100_000, i => $"a{i} = ${{a{i + 1}}}\n") + "a100000 = 1");

    [Fact]
    public void Chain_of_a_hundred_substitutions_is_resolved() =>
        Assert.Equal(1, ConfigurationFactory.ParseString(Chain(100, i => $"a{i} = ${{a{i + 1}}}\n") + "a100 = 1").GetInt("a0"));

    [Fact]
    public void Tree_that_substitutions_deepen_is_refused() =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("a0 = 1\n" + Chain(10_000, i => $"a{i + 1} {{ x = ${{a{i}}} }}\n")));

    [Theory]
    [InlineData("a{1} = ${{a{0}}}${{a{0}}}\n", "\"x\"")]
    [InlineData("a{1} = ${{a{0}}}${{a{0}}}\n", "[x]")]
    [InlineData("a{1} = [${{a{0}}}, ${{a{0}}}]\n", "x")]
    [InlineData("a{1} {{ x = ${{a{0}}}, y = ${{a{0}}} }}\n", "x")]
    public void Text_that_substitutions_multiply_is_refused(string line, string first) =>
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString(
            $"a0 = {first}\n" + Chain(64, i => string.Format(null, CompositeFormat.Parse(line), i, i + 1))));

    [Fact]
    public void Look_ups_that_substitutions_multiply_are_refused_or_resolved() =>
        ParsesOrIsRefused("a0 { z = 1 }\n" + Chain(64, i => $"a{i + 1} = ${{a{i}}} ${{a{i}}}\n") + "r = ${a64.y}");

    [Fact]
    public void Large_document_is_parsed()
    {
        var config = ConfigurationFactory.ParseString(Chain(10_000, i => $"section.key-{i} {{ value = {i}, text = \"t\", ref = ${{section.key-0.value}} }}\n"));
        Assert.Equal(9_999, config.GetInt("section.key-9999.value"));
        Assert.Equal(0, config.GetInt("section.key-9999.ref"));
    }

    private static string Chain(int count, Func<int, string> line) => string.Concat(Enumerable.Range(0, count).Select(line));

    private static void ParsesOrIsRefused(string text)
    {
        try
        {
            _ = ConfigurationFactory.ParseString(text, _ => null!).ToString();
        }
        catch (ConfigurationException)
        {
            // Refused as promised; anything else fails the test.
        }
    }
}
