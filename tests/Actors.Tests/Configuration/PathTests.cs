namespace Actors.Tests.Configuration;

/// <summary>HOCON.md, "Path expressions" and "Paths as keys".</summary>
public sealed class PathTests
{
    [Fact]
    public void Dotted_key_is_a_path()
    {
        Hocon.Means("foo.bar : 42", """{"foo":{"bar":42}}""");
        Hocon.Means("foo.bar.baz : 42", """{"foo":{"bar":{"baz":42}}}""");
    }

    [Fact]
    public void Dot_in_quotes_is_text() =>
        Hocon.Means("""foo.bar."hello.world" : 1""", """{"foo":{"bar":{"hello.world":1}}}""");

    [Fact]
    public void Number_before_text_is_cut_at_its_dot() =>
        Hocon.Means("10.0foo : 1", """{"10":{"0foo":1}}""");

    [Fact]
    public void Text_before_number_is_cut_at_its_dot() =>
        Hocon.Means("foo10.0 : 1", """{"foo10":{"0":1}}""");

    [Fact]
    public void Quoted_number_is_not_cut() =>
        Hocon.Means("""foo"10.0" : 1""", """{"foo10.0":1}""");

    [Fact]
    public void Version_is_a_path_of_three() =>
        Hocon.Means("1.2.3 : 1", """{"1":{"2":{"3":1}}}""");

    [Fact]
    public void Number_in_a_key_keeps_the_sign_of_its_exponent()
    {
        Hocon.Means("1.5e+3 : 1, x 2e+4 : 2, \"y\"3e+5 : 3", """{"1":{"5e+3":1},"x 2e+4":2,"y3e+5":3}""");
        Hocon.Means("1e+3 : 1, a : ${1e+3}", """{"1e+3":1,"a":1}""");
        Hocon.Means("1e5+=1, 1e+=2", """{"1e5":[1],"1e":[2]}""");
        Hocon.Fails("x1e+3 : 1");
    }

    [Fact]
    public void Keys_are_strings_whatever_they_look_like()
    {
        Hocon.Means("true : 42", """{"true":42}""");
        Hocon.Means("3 : 42", """{"3":42}""");
        Hocon.Means("3.14 : 42", """{"3":{"14":42}}""");
        Hocon.Means("null : 1", """{"null":1}""");
    }

    [Fact]
    public void Keys_may_hold_whitespace()
    {
        Hocon.Means("a b c : 42", """{"a b c":42}""");
        Hocon.Means("  a b . c  : 1", """{"a b ":{" c":1}}""");
    }

    [Fact]
    public void Paths_with_a_common_beginning_are_merged() =>
        Hocon.Means("a.x : 42, a.y : 43", """{"a":{"x":42,"y":43}}""");

    [Fact]
    public void Empty_element_must_be_quoted()
    {
        Hocon.Means("""a."".b : 1""", """{"a":{"":{"b":1}}}""");
        Hocon.Fails("a..b : 1");
        Hocon.Fails(".a : 1");
        Hocon.Fails("a. : 1");
        Hocon.Fails(". : 1");
        Hocon.Fails("b = ${a..b}");
    }

    [Fact]
    public void Quoted_empty_key_is_a_key()
    {
        Hocon.Means("""
            "" : 1
            """, """{"":1}""");
    }

    [Fact]
    public void Newline_ends_a_key()
    {
        Hocon.Fails("""
            a
            b : 1
            """);
    }

    [Fact]
    public void Arrays_objects_and_substitutions_are_no_keys()
    {
        Hocon.Fails("[a] : 1");
        Hocon.Fails("{ {} : 1 }");
        Hocon.Fails("${a} : 1");
        Hocon.Fails("a${b} : 1");
    }

    [Fact]
    public void Triple_quoted_text_can_be_a_key() =>
        Hocon.Means("\"\"\"a.b\"\"\" : 1", """{"a.b":1}""");
}
