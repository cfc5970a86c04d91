using FsCheck;
using FsCheck.Fluent;

namespace Actors.Tests.Configuration;

public sealed class RenderingTests
{
    [Fact]
    public void Configuration_is_rendered_as_one_would_write_it() =>
        Assert.Equal(
            """
            a : {
              b : 1
              c : [1, x, "two words", {
                d : null
              }]
              "dotted.key" : "10"
            }
            "include" : {}
            """,
            ConfigurationFactory.ParseString("""a { b = 1, c = [1, x, two words, { d = null }], "dotted.key" = "10" }, "include" {}""").ToString());

    [Theory]
    [InlineData("""a = "true", b = true, c = "1", d = 1, e = "null", f = null""")]
    [InlineData("""a = "", b = " x ", c = "a//b", d = "#", e = "${x}", f = "-1", g = "x+y" """)]
    [InlineData("a = \"\\u0000\\u001f\\ud800 \\\"\\\\\\n\\ufeff\\u2028\"")]
    [InlineData("""a = [[], {}, [[1]], { b = [{}] }]""")]
    [InlineData("[1, { a = b }, [c]]")]
    [InlineData("\"\" { \"a b\" = 1, \"c\\n\" = 2, 3 = 4, - = 5 }")]
    public void Rendered_text_parses_to_the_same_value(string hocon)
    {
        var value = ConfigurationFactory.ParseString(hocon).Root;
        AssertSame(value, ConfigurationFactory.ParseString(value.ToString()).Root);
    }

    [Fact]
    public void Any_value_survives_rendering()
    {
        var text = ArbMap.Default.GeneratorFor<string>().Where(s => s is not null);
        var scalar = Gen.OneOf(
            text.Select(s => new HoconValue(default, HoconKind.String, s)),
            Gen.Elements("true", "false").Select(s => new HoconValue(default, HoconKind.Boolean, s)),
            Gen.Elements("0", "-1.5e+3", "12").Select(s => new HoconValue(default, HoconKind.Number, s)),
            Gen.Constant(new HoconValue(default, HoconKind.Null, "null")));
        Gen<HoconValue> Tree(int depth) => depth == 0
            ? scalar
            : Gen.OneOf(scalar,
                Tree(depth - 1).ListOf(3).Select(elements => new HoconValue(default, elements)),
                text.Zip(Tree(depth - 1)).ListOf(3).Select(Fields));
        var root = text.Zip(Tree(3)).ListOf(4).Select(Fields);
        Prop.ForAll(root.ToArbitrary(), value => AssertSame(value, ConfigurationFactory.ParseString(value.ToString()).Root))
            .QuickCheckThrowOnFailure();
    }

    private static HoconValue Fields(IEnumerable<(string Key, HoconValue Value)> fields) =>
        new(default, fields.DistinctBy(field => field.Key).ToDictionary(field => field.Key, field => field.Value));

    private static void AssertSame(HoconValue expected, HoconValue actual) =>
        Assert.True(AreSame(expected, actual), $"rendered as\n{expected}\nwhich comes back as\n{actual}");

    private static bool AreSame(HoconValue x, HoconValue y) => x.Kind == y.Kind && x.Text == y.Text && x.Kind switch
    {
        HoconKind.Array => x.GetArray().Count == y.GetArray().Count && x.GetArray().Zip(y.GetArray()).All(pair => AreSame(pair.First, pair.Second)),
        HoconKind.Object => x.GetObject().Items.Keys.SequenceEqual(y.GetObject().Items.Keys)
            && x.GetObject().Items.All(item => AreSame(item.Value, y.GetChildObject(item.Key))),
        _ => true,
    };
}
