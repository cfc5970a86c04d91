namespace Actors.Tests.Configuration;

/// <summary>HOCON.md, "Unquoted strings", "Multi-line strings" and quoted strings.</summary>
public sealed class StringTests
{
    [Fact]
    public void Unquoted_text_is_a_string() =>
        Hocon.Means("a = foo-bar/baz.qux_1", """{"a":"foo-bar/baz.qux_1"}""");

    [Fact]
    public void Forbidden_characters_must_be_quoted()
    {
        Hocon.Fails("a = x$y");
        Hocon.Fails("a = x+y");
        Hocon.Fails("a = x`y");
        Hocon.Fails("a = x^y");
        Hocon.Fails("a = x?y");
        Hocon.Fails("a = x!y");
        Hocon.Fails("a = x@y");
        Hocon.Fails("a = x*y");
        Hocon.Fails("a = x&y");
        Hocon.Fails("a = x\\y");
        Hocon.Fails("a = x:y");
        Hocon.Fails("a = x=y");
    }

    [Fact]
    public void Two_slashes_begin_a_comment_in_unquoted_text()
    {
        Hocon.Means("a = foo//bar", """{"a":"foo"}""");
        Hocon.Means("a = http/x", """{"a":"http/x"}""");
    }

    [Fact]
    public void Unquoted_text_has_no_escapes() =>
        Hocon.Fails("""a = x\ny""");

    [Fact]
    public void True_followed_by_text_is_a_string()
    {
        Hocon.Means("a = truefoo", """{"a":"truefoo"}""");
        Hocon.Means("a = footrue", """{"a":"footrue"}""");
        Hocon.Means("a = nullfoo", """{"a":"nullfoo"}""");
    }

    [Fact]
    public void Number_followed_by_text_is_a_string()
    {
        Hocon.Means("a = 10.0bar", """{"a":"10.0bar"}""");
        Hocon.Means("a = bar10.0", """{"a":"bar10.0"}""");
    }

    [Fact]
    public void What_begins_like_a_number_but_is_none_is_a_string() =>
        Hocon.Means("a = 127.0.0.1, b = 2013-01-05, c = -, d = 1.2.3, e = 10ms", """{"a":"127.0.0.1","b":"2013-01-05","c":"-","d":"1.2.3","e":"10ms"}""");

    [Fact]
    public void Plus_is_part_of_an_exponent_only()
    {
        Hocon.Means("a = 1e+5", """{"a":1e+5}""");
        Hocon.Fails("a = 1+5");
        Hocon.Fails("a = x1e+5");
    }

    [Fact]
    public void Single_words_keep_their_type() =>
        Hocon.Means("[true, false, null, 1, -1.5, 1e5]", "[true,false,null,1,-1.5,1e5]");

    [Fact]
    public void Quoted_words_are_strings() =>
        Hocon.Means("""["true", "null", "1"]""", """["true","null","1"]""");

    [Fact]
    public void Quoted_strings_may_not_hold_control_characters()
    {
        Hocon.Fails("a = \"x\ny\"");
        Hocon.Fails("a = \"x\ty\"");
        Hocon.Fails("a = \"x\u0001y\"");
    }

    [Fact]
    public void Unquoted_strings_may_hold_control_characters() =>
        Hocon.Means("a = x\u0001y", """{"a":"x\u0001y"}""");

    [Fact]
    public void Unknown_escapes_are_refused()
    {
        Hocon.Fails("""
            a = "\x"
            """);
        Hocon.Fails("""
            a = "\u12g4"
            """);
        Hocon.Fails("""a = "\u12""");
        Hocon.Fails("""a = "\""");
    }

    [Fact]
    public void String_that_does_not_end_is_refused()
    {
        Hocon.Fails("""a = "x""");
        Hocon.Fails(""""
            a = """x""
            """");
    }

    [Fact]
    public void Triple_quotes_keep_everything() =>
        Hocon.Means("a = \"\"\"x\n \\n\\u0041 \"y\" \t\"\"\"", """{"a":"x\n \\n\\u0041 \"y\" \t"}""");

    [Fact]
    public void Extra_quotes_at_the_end_belong_to_a_triple_quoted_string()
    {
        Hocon.Means("a = \"\"\"foo\"\"\"\"", """{"a":"foo\""}""");
        Hocon.Means("a = \"\"\"foo\"\"\"\"\"\"", """{"a":"foo\"\"\""}""");
        Hocon.Means("a = \"\"\"\"\"\"", """{"a":""}""");
    }

    [Fact]
    public void Empty_string_is_a_string()
    {
        Hocon.Means("""
            a = ""
            b = 1
            """, """{"a":"","b":1}""");
    }
}
