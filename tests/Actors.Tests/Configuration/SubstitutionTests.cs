namespace Actors.Tests.Configuration;

/// <summary>HOCON.md, "Substitutions" and "Substitution fallback to environment variables".</summary>
public sealed class SubstitutionTests
{
    [Fact]
    public void Substitution_takes_the_value_and_its_type() =>
        Hocon.Means("a = 1, b = ${a}, c = [x], d = ${c}, e = { f : null }, g = ${e}", """{"a":1,"b":1,"c":["x"],"d":["x"],"e":{"f":null},"g":{"f":null}}""");

    [Fact]
    public void Substitution_looks_forward()
    {
        Hocon.Means("""
            b = ${a}
            a = 1
            """, """{"b":1,"a":1}""");
    }

    [Fact]
    public void Substitution_takes_the_latest_assignment()
    {
        Hocon.Means("""
            a = 1
            b = ${a}
            a = 2
            """, """{"a":2,"b":2}""");
    }

    [Fact]
    public void Substitution_takes_the_merged_object() =>
        Hocon.Means("b = ${a}, a { x : 1 }, a { y : 2 }", """{"b":{"x":1,"y":2},"a":{"x":1,"y":2}}""");

    [Fact]
    public void Path_of_a_substitution_begins_at_the_root() =>
        Hocon.Means("x = 1, a { x = 2, y = ${x}, z = ${a.x} }", """{"x":1,"a":{"x":2,"y":1,"z":2}}""");

    [Fact]
    public void Path_of_a_substitution_may_be_quoted() =>
        Hocon.Means("""a { "b.c" : 1 }, d = ${a."b.c"}""", """{"a":{"b.c":1},"d":1}""");

    [Fact]
    public void Whitespace_around_the_path_is_ignored() =>
        Hocon.Means("a = 1, b = ${ a }", """{"a":1,"b":1}""");

    [Fact]
    public void Question_mark_must_follow_the_brace()
    {
        Hocon.Fails("b = ${ ?a}");
        Hocon.Fails("b = $ {a}");
        Hocon.Fails("b = $a");
    }

    [Fact]
    public void Substitution_that_is_not_closed_is_refused()
    {
        Hocon.Fails("b = ${a");
        Hocon.Fails("""
            b = ${a
            }
            """);
        Hocon.Fails("b = ${}");
        Hocon.Fails("b = ${a${b}}");
    }

    [Fact]
    public void Quoted_substitution_is_text()
    {
        Hocon.Means("""
            a = "${b}"
            """, """{"a":"${b}"}""");
    }

    [Fact]
    public void Substitution_is_part_of_a_string()
    {
        Hocon.Means("animal.favorite = cat, key : ${animal.favorite} is my favorite animal", """{"animal":{"favorite":"cat"},"key":"cat is my favorite animal"}""");
        Hocon.Means("""
            animal.favorite = cat, key : ${animal.favorite}" is my favorite animal"
            """, """{"animal":{"favorite":"cat"},"key":"cat is my favorite animal"}""");
    }

    [Fact]
    public void Undefined_substitution_is_refused()
    {
        Hocon.Fails("a = ${b}");
        Hocon.Fails("a = [${b}]");
        Hocon.Fails("a = x${b}");
    }

    [Fact]
    public void Undefined_optional_field_is_not_created()
    {
        Hocon.Means("foo : ${?bar}", "{}");
        Hocon.Means("foo : ${?bar}${?baz}", "{}");
    }

    [Fact]
    public void Undefined_optional_field_leaves_the_earlier_value()
    {
        Hocon.Means("""
            a = 1
            a = ${?b}
            """, """{"a":1}""");
    }

    [Fact]
    public void Undefined_optional_element_is_not_added() =>
        Hocon.Means("a = [1, ${?b}, 2]", """{"a":[1,2]}""");

    [Fact]
    public void Undefined_optional_part_of_a_string_is_empty()
    {
        Hocon.Means("a = x${?b}y", """{"a":"xy"}""");
        Hocon.Means("a = ${?b} y", """{"a":" y"}""");
    }

    [Fact]
    public void Undefined_optional_part_of_an_array_or_object_is_empty() =>
        Hocon.Means("a = ${?b} [1], c = { d : 1 } ${?b}", """{"a":[1],"c":{"d":1}}""");

    [Fact]
    public void Defined_optional_substitution_is_like_any_other() =>
        Hocon.Means("b = 1, a = ${?b}", """{"b":1,"a":1}""");

    [Fact]
    public void Null_is_a_value() =>
        Hocon.Means("a = null, b = ${a}, c = x${a}", """{"a":null,"b":null,"c":"xnull"}""");

    [Fact]
    public void What_is_not_defined_comes_from_the_environment_as_a_string() =>
        Hocon.Means("a = ${HOME}/x, b = ${?PORT}", """{"a":"/root/x","b":"80"}""", ("HOME", "/root"), ("PORT", "80"));

    [Fact]
    public void Defined_value_hides_the_environment() =>
        Hocon.Means("HOME = here, a = ${HOME}", """{"HOME":"here","a":"here"}""", ("HOME", "/root"));

    [Fact]
    public void Null_hides_the_environment() =>
        Hocon.Means("HOME = null, a = ${HOME}", """{"HOME":null,"a":null}""", ("HOME", "/root"));

    [Fact]
    public void Empty_environment_variable_is_an_empty_string() =>
        Hocon.Means("a = ${EMPTY}", """{"a":""}""", ("EMPTY", ""));

    [Fact]
    public void Environment_name_keeps_its_dots() =>
        Hocon.Means("a = ${x.y}", """{"a":"1"}""", ("x.y", "1"));

    [Fact]
    public void Earlier_value_of_a_field_may_come_from_the_environment()
    {
        Hocon.Means("""
            PATH = ${PATH}":/x"
            """, """{"PATH":"/bin:/x"}""", ("PATH", "/bin"));
    }

    [Fact]
    public void Environment_lists_are_numbered_variables()
    {
        Hocon.Means("a = ${L[]}, b = [x] ${?L[]}, c = ${?M[]}", """{"a":["p","q"],"b":["x","p","q"]}""", ("L_0", "p"), ("L_1", "q"), ("L_3", "s"));
        Hocon.Fails("a = ${M[]}");
    }

    [Fact]
    public void Substitution_of_a_field_that_comes_through_another_substitution() =>
        Hocon.Means("a { x { y : 1 } }, b = ${a}, c = ${b.x.y}", """{"a":{"x":{"y":1}},"b":{"x":{"y":1}},"c":1}""");

    [Fact]
    public void Field_below_a_hiding_value_is_not_seen()
    {
        Hocon.Fails("a { x : 1 }, a = 2, b = ${a.x}");
        Hocon.Fails("s = 5, a { x : 1 }, a = ${s}, b = ${a.x}");
    }
}
