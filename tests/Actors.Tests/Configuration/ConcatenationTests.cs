namespace Actors.Tests.Configuration;

/// <summary>HOCON.md, "Value concatenation".</summary>
public sealed class ConcatenationTests
{
    [Fact]
    public void Words_and_the_whitespace_between_them_become_one_string() =>
        Hocon.Means("a =   foo  bar	baz  ", """{"a":"foo  bar\tbaz"}""");

    [Fact]
    public void Whitespace_around_a_concatenation_is_dropped() =>
        Hocon.Means("a =  foo bar  , b = 1", """{"a":"foo bar","b":1}""");

    [Fact]
    public void Quoted_and_unquoted_strings_concatenate()
    {
        Hocon.Means("""a = foo" bar "baz""", """{"a":"foo bar baz"}""");
        Hocon.Means("""
            a = "x" "y"
            """, """{"a":"x y"}""");
        Hocon.Means("""
            a = "x""y"
            """, """{"a":"xy"}""");
    }

    [Fact]
    public void Concatenation_makes_strings_of_other_types() =>
        Hocon.Means("a = true foo, b = null 1, c = 1 2 3", """{"a":"true foo","b":"null 1","c":"1 2 3"}""");

    [Fact]
    public void Numbers_in_a_concatenation_stay_as_written()
    {
        Hocon.Means("a = 1e5 1.00 -0", """{"a":"1e5 1.00 -0"}""");
        Hocon.Means("x = 1.50, a = ${x}0", """{"x":1.50,"a":"1.500"}""");
    }

    [Fact]
    public void Single_value_keeps_its_type() =>
        Hocon.Means("a = true", """{"a":true}""");

    [Fact]
    public void Concatenation_ends_at_the_line()
    {
        Hocon.Fails("""
            a = foo
            bar
            """);
        Hocon.Means("""
            [a
            b]
            """, """["a","b"]""");
    }

    [Fact]
    public void Arrays_concatenate()
    {
        Hocon.Means("a : [ 1, 2 ] [ 3, 4 ]", """{"a":[1,2,3,4]}""");
        Hocon.Means("""
            a : [1
            2][3]
            """, """{"a":[1,2,3]}""");
    }

    [Fact]
    public void Objects_concatenate_by_merging()
    {
        Hocon.Means("a : { b : 1 } { c : 2 }", """{"a":{"b":1,"c":2}}""");
        Hocon.Means("a : { b : 1, d { x : 1 } } { b : 2, d { y : 2 } }", """{"a":{"b":2,"d":{"x":1,"y":2}}}""");
    }

    [Fact]
    public void Object_can_inherit_from_another_one()
    {
        Hocon.Means("""
            data-center-generic = { cluster-size = 6 }
            data-center-east = ${data-center-generic} { name = "east" }
            """, """{"data-center-generic":{"cluster-size":6},"data-center-east":{"cluster-size":6,"name":"east"}}""");
    }

    [Fact]
    public void Array_can_extend_its_earlier_value()
    {
        Hocon.Means("""
            path = [ /bin ]
            path = ${path} [ /usr/bin ]
            """, """{"path":["/bin","/usr/bin"]}""");
    }

    [Fact]
    public void Mixed_types_do_not_concatenate()
    {
        Hocon.Fails("a = [1] { b : 1 }");
        Hocon.Fails("a = { b : 1 } x");
        Hocon.Fails("a = x [1]");
        Hocon.Fails("a = [1] 2");
        Hocon.Fails("o { b : 1 }, a = ${o} x");
        Hocon.Fails("o = [1], a = x${o}");
    }

    [Fact]
    public void Newline_between_arrays_prevents_concatenation()
    {
        Hocon.Means("[ [ 1, 2 ] [ 3, 4 ] ]", "[[1,2,3,4]]");
        Hocon.Means("""
            [ [ 1, 2 ]
            [ 3, 4 ] ]
            """, "[[1,2],[3,4]]");
    }

    [Fact]
    public void Newline_between_objects_prevents_concatenation()
    {
        Hocon.Fails("""
            a = { b : 1 }
            { c : 1 }
            """);
    }

    [Fact]
    public void Whitespace_is_no_element_separator()
    {
        Hocon.Means("[ 1 2 3 4 ]", """["1 2 3 4"]""");
        Hocon.Means("""
            [ 1
            2
            3
            4 ]
            """, "[1,2,3,4]");
    }

    [Fact]
    public void Elements_may_concatenate_substitutions()
    {
        Hocon.Means("""
            name = N, world = W, a = 1, x = [2]
            r = [ This is an unquoted string my name is ${name}, Hello ${world} ]
            s = [ ${a} ${a}, ${x} ${x} ]
            """, """{"name":"N","world":"W","a":1,"x":[2],"r":["This is an unquoted string my name is N","Hello W"],"s":["1 1",[2,2]]}""");
    }

    [Fact]
    public void Unquoted_whitespace_between_objects_or_arrays_is_ignored()
    {
        Hocon.Means("x = [1], y = [2], a = ${x} ${y}", """{"x":[1],"y":[2],"a":[1,2]}""");
        Hocon.Means("x { p : 1 }, y { q : 2 }, a = ${x}  ${y}", """{"x":{"p":1},"y":{"q":2},"a":{"p":1,"q":2}}""");
    }

    [Fact]
    public void Quoted_whitespace_between_objects_or_arrays_is_refused()
    {
        Hocon.Fails("""x = [1], y = [2], a = ${x}" "${y}""");
        Hocon.Fails("""x { p : 1 }, a = ${x} "" { q : 1 }""");
    }

    [Fact]
    public void Objects_with_numeric_keys_concatenate_with_arrays()
    {
        Hocon.Means("""a = [x] { "0" : y, "2" : z, n : ignored }""", """{"a":["x","y","z"]}""");
        Hocon.Means("""a = { "1" : y } [x]""", """{"a":["y","x"]}""");
    }

    [Fact]
    public void Objects_without_numeric_keys_do_not_concatenate_with_arrays()
    {
        Hocon.Fails("a = [x] {}");
        Hocon.Fails("a = [x] { n : 1 }");
    }
}
