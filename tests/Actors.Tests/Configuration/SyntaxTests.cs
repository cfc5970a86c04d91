namespace Actors.Tests.Configuration;

/// <summary>HOCON.md, Syntax: from "Unchanged from JSON" to "Duplicate keys and object merging".</summary>
public sealed class SyntaxTests
{
    [Fact]
    public void Json_means_what_it_means_in_json() =>
        Hocon.Means("""{ "a" : [1, -2.5e+3, true, false, null, "s\u00e9\n\"\\\/"], "b" : { "c" : {} } }""", """{ "a" : [1, -2.5e+3, true, false, null, "s\u00e9\n\"\\\/"], "b" : { "c" : {} } }""");

    [Fact]
    public void Comments_run_from_hash_or_two_slashes_to_the_newline()
    {
        Hocon.Means("""
            a = 1 # one
            // two
            b = 2 // three
            # four
            """, """{"a":1,"b":2}""");
    }

    [Fact]
    public void Comment_signs_inside_quotes_are_text()
    {
        Hocon.Means("""
            a = "x # y // z"
            """, """{"a":"x # y // z"}""");
    }

    [Fact]
    public void Comments_may_stand_anywhere_between_tokens()
    {
        Hocon.Means("""
            a # c
            : // c
            [ # c
            1 // c
            , # c
            2 ] # c
            """, """{"a":[1,2]}""");
    }

    [Fact]
    public void Root_braces_may_be_omitted()
    {
        Hocon.Means("""
            a : 1
            b : 2
            """, """{"a":1,"b":2}""");
        Hocon.Means("{ a : 1 }", """{"a":1}""");
    }

    [Fact]
    public void Empty_text_is_an_empty_object()
    {
        Hocon.Means("", "{}");
        Hocon.Means("""
             
             # only a comment
            """, "{}");
    }

    [Fact]
    public void Root_may_be_an_array() =>
        Hocon.Means(" [1, { a : 2 }]", """[1,{"a":2}]""");

    [Fact]
    public void Root_may_not_be_a_string()
    {
        Hocon.Fails("""
            "just a string"
            """);
        Hocon.Fails("just a string");
    }

    [Fact]
    public void Closing_brace_without_opening_is_refused()
    {
        Hocon.Fails("a : 1 }");
        Hocon.Fails("}");
    }

    [Fact]
    public void Opening_brace_without_closing_is_refused()
    {
        Hocon.Fails("{ a : 1");
        Hocon.Fails("a { b : 1");
        Hocon.Fails("[1, 2");
    }

    [Fact]
    public void Nothing_may_follow_the_root()
    {
        Hocon.Fails("{ a : 1 } b : 2");
        Hocon.Fails("[1] [2]");
    }

    [Fact]
    public void Equals_sign_separates_like_a_colon() =>
        Hocon.Means("a = 1, b : 2", """{"a":1,"b":2}""");

    [Fact]
    public void Separator_may_be_omitted_before_a_brace()
    {
        Hocon.Means("""
            "foo" {}
            """, """{"foo":{}}""");
        Hocon.Means("foo { a : 1 }", """{"foo":{"a":1}}""");
        Hocon.Means("""
            foo
            { a : 1 }
            """, """{"foo":{"a":1}}""");
    }

    [Fact]
    public void Separator_may_not_be_omitted_before_anything_else()
    {
        Hocon.Fails("foo [1]");
        Hocon.Fails("foo");
        Hocon.Fails("""
            foo
            bar : 1
            """);
        Hocon.Fails("""
            foo "bar"
            """);
    }

    [Fact]
    public void Key_without_value_is_refused()
    {
        Hocon.Fails("a :");
        Hocon.Fails("a = , b = 1");
        Hocon.Fails("{ a : }");
    }

    [Fact]
    public void Value_may_stand_on_the_line_after_the_separator()
    {
        Hocon.Means("""
            a =

             1
            """, """{"a":1}""");
    }

    [Fact]
    public void Newlines_replace_commas()
    {
        Hocon.Means("""
            a = [1
            2
            3]
            b = 1
            """, """{"a":[1,2,3],"b":1}""");
    }

    [Fact]
    public void One_trailing_comma_is_ignored()
    {
        Hocon.Means("a = [1,2,3,], b = 1,", """{"a":[1,2,3],"b":1}""");
        Hocon.Means("{ a : 1, }", """{"a":1}""");
    }

    [Fact]
    public void Two_trailing_commas_are_refused()
    {
        Hocon.Fails("a = [1,2,3,,]");
        Hocon.Fails("{ a : 1,, }");
    }

    [Fact]
    public void Initial_comma_is_refused()
    {
        Hocon.Fails("a = [,1,2,3]");
        Hocon.Fails("{ , a : 1 }");
        Hocon.Fails(", a : 1");
    }

    [Fact]
    public void Two_commas_in_a_row_are_refused()
    {
        Hocon.Fails("a = [1,,2,3]");
        Hocon.Fails("{ a : 1,, b : 2 }");
        Hocon.Fails("""
            [1,
            ,2]
            """);
    }

    [Fact]
    public void Comma_may_follow_or_precede_newlines()
    {
        Hocon.Means("""
            [1
            ,2,
            3]
            """, "[1,2,3]");
    }

    [Fact]
    public void Fields_on_one_line_need_a_comma()
    {
        Hocon.Fails("{ a : { } b : 1 }");
        Hocon.Fails("""a : "x" b : 1""");
    }

    [Fact]
    public void Unicode_spaces_and_byte_order_mark_are_whitespace() =>
        Hocon.Means("\ufeffa\u00a0=\u2007\u202f\u3000\u2028\u20291\u1680", """{"a":1}""");

    [Fact]
    public void Ascii_separators_are_whitespace() =>
        Hocon.Means("\u001ca\u001d=\u001e\u001f\t\v\f\r1\n", """{"a":1}""");

    [Fact]
    public void Only_line_feed_is_a_newline() =>
        Hocon.Means("[1\r2\u20283]", """["1\r2\u20283"]""");

    [Fact]
    public void Carriage_return_before_newline_is_no_part_of_a_value() =>
        Hocon.Means("a = x y\r\nb = 1\r\n", """{"a":"x y","b":1}""");

    [Fact]
    public void Later_duplicate_overrides() =>
        Hocon.Means("a : 1, a : 2", """{"a":2}""");

    [Fact]
    public void Duplicate_objects_are_merged() =>
        Hocon.Means("""{ "foo" : { "a" : 42 }, "foo" : { "b" : 43 } }""", """{"foo":{"a":42,"b":43}}""");

    [Fact]
    public void Duplicate_objects_are_merged_recursively() =>
        Hocon.Means("a { b { c : 1, d : 2 } }, a { b { d : 3, e : 4 } }", """{"a":{"b":{"c":1,"d":3,"e":4}}}""");

    [Fact]
    public void Null_between_two_objects_prevents_their_merge() =>
        Hocon.Means("""{ "foo" : { "a" : 42 }, "foo" : null, "foo" : { "b" : 43 } }""", """{"foo":{"b":43}}""");

    [Fact]
    public void Number_over_an_object_replaces_it() =>
        Hocon.Means("a { b : 1 }, a : 2", """{"a":2}""");

    [Fact]
    public void Arrays_are_replaced_not_merged() =>
        Hocon.Means("a : [1,2], a : [3]", """{"a":[3]}""");
}
