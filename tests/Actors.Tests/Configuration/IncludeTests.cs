namespace Actors.Tests.Configuration;

/// <summary>HOCON.md, "Includes".</summary>
public sealed class IncludeTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("hocon").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string File(string name, string content)
    {
        string path = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    private void Means(string main, string json) =>
        Hocon.AssertEqual(json, Hocon.ToJson(HoconParser.ParseFile(File("main.conf", main)).Root), main);

    private HoconParseException Fails(string main)
    {
        string path = File("main.conf", main);
        return Assert.Throws<HoconParseException>(() => HoconParser.ParseFile(path));
    }

    [Fact]
    public void Included_fields_take_the_place_of_the_statement()
    {
        File("foo.conf", "b = 2, c { d = 3 }");
        Means("""
            a = 1
            include "foo.conf"
            """, """{"a":1,"b":2,"c":{"d":3}}""");
        Means("""x { include "foo.conf", a = 1 }""", """{"x":{"b":2,"c":{"d":3},"a":1}}""");
    }

    [Fact]
    public void Included_fields_override_and_merge_with_earlier_ones_and_later_ones_with_them()
    {
        File("foo.conf", "a = 2, b = 2, o { y = 2 }");
        Means("""
            a = 1
            o { x = 1 }
            include "foo.conf"
            b = 3
            o { z = 3 }
            """, """{"a":2,"o":{"x":1,"y":2,"z":3},"b":3}""");
    }

    [Fact]
    public void All_forms_of_a_file_name_are_read()
    {
        string path = File("foo.conf", "b = 2").Replace("\\", "\\\\", StringComparison.Ordinal);
        foreach (string form in (string[])["\"foo.conf\"", "\n \"foo.conf\"", "file(\"foo.conf\")", "file( \"foo.conf\" )", "required(\"foo.conf\")",
            "required(file(\"foo.conf\"))", "required( file( \"foo.conf\" ) )", $"\"{path}\"", $"file(\"{path}\")", "\"foo\""])
            Means($"include {form}", """{"b":2}""");
    }

    [Fact]
    public void Text_without_a_file_includes_by_absolute_path()
    {
        string path = File("foo.conf", "b = 2").Replace("\\", "\\\\", StringComparison.Ordinal);
        Assert.Equal(2, ConfigurationFactory.ParseString($"include \"{path}\"").GetInt("b"));
        Assert.Equal(2, ConfigurationFactory.ParseString($"a {{ include file(\"{path}\") }}").GetInt("a.b"));
        Assert.True(ConfigurationFactory.ParseString("include \"foo.conf\"").IsEmpty);
    }

    [Fact]
    public void Relative_names_are_looked_for_beside_the_including_file()
    {
        File("sub/one.conf", "include \"two.conf\"");
        File("sub/two.conf", "a = 1");
        Means("include \"sub/one.conf\"", """{"a":1}""");
    }

    [Fact]
    public void Name_without_extension_reads_json_and_then_conf()
    {
        File("foo.json", """{ "a" : 1, "b" : 1 }""");
        File("foo.conf", "b = 2");
        Means("include \"foo\"", """{"a":1,"b":2}""");
    }

    [Fact]
    public void Name_with_a_known_extension_reads_that_file_alone()
    {
        File("foo.conf", "a = 1");
        File("foo.conf.conf", "a = 2");
        File("foo.conf.json", "{ \"b\" : 2 }");
        Means("include \"foo.conf\"", """{"a":1}""");
    }

    [Fact]
    public void File_url_is_the_path_in_it()
    {
        string url = new Uri(File("two words.conf", "a = 1")).AbsoluteUri;
        Means($"include \"{url}\"", """{"a":1}""");
        Assert.Equal(1, ConfigurationFactory.ParseString($"include \"{url}\"").GetInt("a"));
    }

    [Fact]
    public void Other_url_is_refused()
    {
        var error = Fails("a = 1\ninclude \"https://localhost/foo.conf\"");
        Assert.Equal((2, 1), (error.Line, error.Column));
    }

    [Fact]
    public void Missing_file_is_ignored() => Means("a = 1\ninclude \"nowhere\"\nb = 2", """{"a":1,"b":2}""");

    [Fact]
    public void Missing_required_file_is_an_error_at_the_statement()
    {
        var error = Fails("a = 1\n  include required(\"nowhere\")");
        Assert.Equal((2, 3), (error.Line, error.Column));
        Assert.EndsWith("main.conf", error.SourceName, StringComparison.Ordinal);
        Fails("include required(file(\"nowhere\"))");
    }

    [Fact]
    public void Include_is_a_keyword_only_at_the_beginning_of_a_key()
    {
        Hocon.Means("foo include : 42", """{"foo include":42}""");
        Hocon.Means("foo : include", """{"foo":"include"}""");
        Hocon.Means("[ include ]", """["include"]""");
        Hocon.Means("""{ "include" : 42 }""", """{"include":42}""");
        Hocon.Means("includes : 1, include.x : 2", """{"includes":1,"include":{"x":2}}""");
    }

    [Fact]
    public void Include_must_be_followed_by_a_quoted_name()
    {
        foreach (string text in (string[])["include foo", "include : 1", "include", "include ${foo}", "include file(foo)", "include file(\"foo\"",
            "include required(foo)", "include \"foo\" \"bar\"", "include \"foo\" : 1", "include [a]", "include url(\"http://x\")", "include classpath(\"x\")"])
            Hocon.Fails(text);
    }

    [Fact]
    public void Includes_are_separated_like_fields()
    {
        File("foo.conf", "b = 2");
        Means("include \"foo.conf\", include \"foo.conf\", c = 1", """{"b":2,"c":1}""");
        Fails("include \"foo.conf\" c = 1");
    }

    [Fact]
    public void Included_array_is_refused()
    {
        File("foo.conf", "[1]");
        Assert.EndsWith("foo.conf", Fails("include \"foo.conf\"").SourceName, StringComparison.Ordinal);
    }

    [Fact]
    public void Substitutions_are_relative_to_the_root_of_the_included_file()
    {
        File("foo.conf", "{ x : 10, y : ${x} }");
        Means("{ a : { include \"foo.conf\" } }", """{"a":{"x":10,"y":10}}""");
    }

    [Fact]
    public void Substitutions_of_an_included_file_see_what_overrides_it()
    {
        File("foo.conf", "{ x : 10, y : ${x} }");
        Means("a : { include \"foo.conf\" }\na : { x : 42 }", """{"a":{"x":42,"y":42}}""");
    }

    [Fact]
    public void Substitutions_of_an_included_file_fall_back_to_the_including_root()
    {
        File("foo.conf", "y : ${x}, z : ${?nowhere}, v : ${w.p}");
        Means("x = 1, a : { include \"foo.conf\" }, w.p = 2, a.w.q = 3", """{"x":1,"a":{"y":1,"v":2,"w":{"q":3}},"w":{"p":2}}""");
    }

    [Fact]
    public void Nested_includes_look_in_each_including_file()
    {
        File("one.conf", "i = 1, b { include \"two.conf\" }");
        File("two.conf", "own = 0, r = [${own}, ${i}, ${o}], l += 1");
        Means("o = 2, a { include \"one.conf\", b.l += 2 }", """{"o":2,"a":{"i":1,"b":{"own":0,"r":[0,1,2],"l":[1,2]}}}""");
    }

    [Fact]
    public void Include_in_an_element_of_an_array_refers_to_the_element()
    {
        File("foo.conf", "x : 1, y : ${x}");
        Means("a = [ { include \"foo.conf\" } ]", """{"a":[{"x":1,"y":1}]}""");
    }

    [Fact]
    public void Cycle_of_includes_is_refused()
    {
        File("one.conf", "include \"main.conf\"");
        Assert.Contains("includes itself", Fails("include \"one.conf\"").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Includes_that_multiply_are_refused()
    {
        for (int i = 0; i < 40; i++)
            File($"{i}.conf", $"include \"{i + 1}.conf\"\ninclude \"{i + 1}.conf\"");
        File("40.conf", "a = 1");
        Fails("include \"0.conf\"");
    }

    [Fact]
    public void Callback_that_never_ends_is_refused()
    {
        static HoconRoot Same(string name) => Parser.Parse($"x {{ include \"{name}\" }}", Same);
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("include \"a\"", Same));
    }

    [Fact]
    public void Error_in_an_included_file_names_that_file()
    {
        File("foo.conf", "a = 1\nb = ]");
        var error = Fails("include \"foo.conf\"");
        Assert.EndsWith("foo.conf", error.SourceName, StringComparison.Ordinal);
        Assert.Equal((2, 5), (error.Line, error.Column));
        Assert.Contains("foo.conf:2:5: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_not_utf8_or_not_there_is_an_error()
    {
        string path = Path.Combine(_directory, "latin1.conf");
        System.IO.File.WriteAllBytes(path, [(byte)'a', (byte)'=', 0xe9]);
        Assert.Contains("UTF-8", Assert.Throws<HoconParseException>(() => HoconParser.ParseFile(path)).Message, StringComparison.Ordinal);
        Assert.Throws<HoconParseException>(() => HoconParser.ParseFile(path + ".none"));
    }

    [Fact]
    public void Callback_gives_the_included_document()
    {
        var config = ConfigurationFactory.ParseString("""n = 5, a { b { include "foo" } }, c = [ { include "foo" } ], a.b.x = 6""",
            name => name == "foo" ? Parser.Parse("x = 123, y = ${x}, z = ${n}, l += ${x}, e = [ { m += 1 } ]", null) : null);
        Hocon.AssertEqual("""{"n":5,"a":{"b":{"x":6,"y":6,"z":5,"l":[6],"e":[{"m":[1]}]}},"c":[{"x":123,"y":123,"z":5,"l":[123],"e":[{"m":[1]}]}]}""",
            Hocon.ToJson(config.Root), "callback");
    }

    [Fact]
    public void Callbacks_nest()
    {
        var config = ConfigurationFactory.ParseString("a.b.c { d { include \"foo\" } }",
            _ => Parser.Parse("f = 123, e { include \"foo\" }", _ => Parser.Parse("x = 123, y = ${x}", null)));
        Assert.Equal(123, config.GetInt("a.b.c.d.e.y"));
    }

    [Fact]
    public void Callback_that_finds_nothing_is_a_missing_file()
    {
        Assert.True(ConfigurationFactory.ParseString("include \"foo\"", _ => null).IsEmpty);
        Assert.Throws<ConfigurationException>(() => ConfigurationFactory.ParseString("include required(\"foo\")", _ => null));
    }

    [Fact]
    public void Callback_may_give_a_value()
    {
        var root = new HoconRoot(ConfigurationFactory.ParseString("x = [1, null], y.z = \"2\"").Root);
        Hocon.AssertEqual("""{"a":{"x":[1,null],"y":{"z":"2"}}}""",
            Hocon.ToJson(ConfigurationFactory.ParseString("a { include \"foo\" }", _ => root).Root), "value");
    }
}
