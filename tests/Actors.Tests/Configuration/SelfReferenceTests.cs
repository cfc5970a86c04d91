namespace Actors.Tests.Configuration;

/// <summary>HOCON.md, "Self-Referential Substitutions", "The += field separator" and their examples.</summary>
public sealed class SelfReferenceTests
{
    [Fact]
    public void Field_can_extend_its_earlier_value()
    {
        Hocon.Means("""
            path : "a:b:c"
            path : ${path}":d"
            """, """{"path":"a:b:c:d"}""");
        Hocon.Means("""
            a = x
            a = ${a}y
            a = ${a}z
            """, """{"a":"xyz"}""");
    }

    [Fact]
    public void Self_reference_without_earlier_value_is_refused()
    {
        Hocon.Fails("a : ${a}");
        Hocon.Fails("a : ${a}bc");
        Hocon.Fails("path : ${path} [ /usr/bin ]");
    }

    [Fact]
    public void Reference_to_the_own_object_from_within_is_refused()
    {
        Hocon.Fails("a : { b : ${a} }");
        Hocon.Fails("a : [${a}]");
    }

    [Fact]
    public void Reference_to_a_field_of_the_own_object_is_allowed()
    {
        Hocon.Means("bar : { foo : 42, baz : ${bar.foo} }", """{"bar":{"foo":42,"baz":42}}""");
        Hocon.Means("a={ x : 42, y : ${a.x} }", """{"a":{"x":42,"y":42}}""");
    }

    [Fact]
    public void Reference_to_a_field_of_the_own_object_looks_forward()
    {
        Hocon.Means("""
            bar : { foo : 42, baz : ${bar.foo} }
            bar : { foo : 43 }
            """, """{"bar":{"foo":43,"baz":43}}""");
    }

    [Fact]
    public void Objects_may_refer_to_each_other()
    {
        Hocon.Means("""
            bar : { a : ${foo.d}, b : 1 }
            bar.b = 3
            foo : { c : ${bar.b}, d : 2 }
            foo.d = 4
            """, """{"bar":{"a":4,"b":3},"foo":{"c":3,"d":4}}""");
    }

    [Fact]
    public void Self_reference_sees_the_overridden_object()
    {
        Hocon.Means("""
            foo : { a : 1 }
            foo : ${foo}
            """, """{"foo":{"a":1}}""");
    }

    [Fact]
    public void Self_reference_does_not_look_forward()
    {
        Hocon.Fails("""
            foo : ${foo}
            foo : { a : 1 }
            """);
    }

    [Fact]
    public void Optional_self_reference_disappears() =>
        Hocon.Means("foo : ${?foo}", "{}");

    [Fact]
    public void Optional_self_reference_in_a_string_is_empty() =>
        Hocon.Means("a = ${?a}foo", """{"a":"foo"}""");

    [Fact]
    public void Hidden_substitution_is_never_evaluated()
    {
        Hocon.Means("""
            foo : ${does-not-exist}
            foo : 42
            """, """{"foo":42}""");
        Hocon.Means("foo : ${foo}, foo : 42", """{"foo":42}""");
    }

    [Fact]
    public void Self_reference_by_a_longer_path_sees_the_value_below()
    {
        Hocon.Means("""
            foo : { a : { c : 1 } }
            foo : ${foo.a}
            foo : { a : 2 }
            """, """{"foo":{"a":2,"c":1}}""");
    }

    [Fact]
    public void Loop_of_fields_is_refused()
    {
        Hocon.Fails("""
            bar : ${foo}
            foo : ${bar}
            """);
        Hocon.Fails("""
            a : ${b}
            b : ${c}
            c : ${a}
            """);
        Hocon.Fails("a : ${b.x}, b : ${a.x}");
    }

    [Fact]
    public void Optional_loop_of_fields_is_undefined() =>
        Hocon.Means("a : ${?b}, b : ${?a}", "{}");

    [Fact]
    public void Optional_reference_to_the_own_object_from_within_is_undefined()
    {
        Hocon.Means("a : { b : ${?a} }", """{"a":{}}""");
        Hocon.Means("a : [1, ${?a}]", """{"a":[1]}""");
        Hocon.Means("a : [1, ${?b}], b : ${a}", """{"a":[1],"b":[1]}""");
        Hocon.Means("b : ${a}, a : [1, ${?b}]", """{"a":[1],"b":[1]}""");
        Hocon.Means("a : [1, ${?A}], A : ${a}", """{"a":[1,"x"],"A":[1,"x"]}""", ("A", "x"));
    }

    [Fact]
    public void Cycle_with_an_optional_link_is_undefined_there()
    {
        Hocon.Means("a : ${?b}foo, b : ${a}", """{"a":"foo","b":"foo"}""");
        Hocon.Means("b : ${a}, a : ${?b}foo", """{"a":"foo","b":"foo"}""");
        Hocon.Means("a : ${b}, b : { c : ${?a}, d : 1 }", """{"a":{"d":1},"b":{"d":1}}""");
        Hocon.Means("a : { b : ${c} }, c : ${?a}x", """{"a":{"b":"x"},"c":"x"}""");
    }

    [Fact]
    public void Optional_reference_from_outside_does_not_undo_a_cycle()
    {
        Hocon.Fails("x : ${?a}, a : ${b}, b : ${a}");
        Hocon.Fails("x : ${?a}, a : { b : ${a} }");
        Hocon.Fails("a : ${?b}, b : ${c}, c : ${a}");
    }

    [Fact]
    public void Fields_that_swap_get_the_same_value()
    {
        var config = Hocon.Parse("a : 1, b : 2, a : ${b}, b : ${a}");
        Assert.Equal(config.GetInt("a"), config.GetInt("b"));
    }

    [Fact]
    public void Literal_part_of_a_concatenation_may_refer_to_the_whole() =>
        Hocon.Means("base { x : 1, z : 3 }, a = ${base} { x : 2, y : ${a.x}, w : ${a.z} }", """{"base":{"x":1,"z":3},"a":{"x":2,"z":3,"y":2,"w":3}}""");

    [Fact]
    public void Object_may_be_extended_around_a_reference_to_it() =>
        Hocon.Means("foo = ${bar}, foo { x : 1 }, bar { y : ${foo.x} }", """{"foo":{"y":1,"x":1},"bar":{"y":1}}""");

    [Fact]
    public void Plus_equals_appends_to_an_array() =>
        Hocon.Means("a = [1], a += 2, a += 3", """{"a":[1,2,3]}""");

    [Fact]
    public void Plus_equals_begins_an_array() =>
        Hocon.Means("a += b", """{"a":["b"]}""");

    [Fact]
    public void Plus_equals_on_something_else_is_refused()
    {
        Hocon.Fails("a = 1, a += 2");
        Hocon.Fails("a { b : 1 }, a += 2");
    }

    [Fact]
    public void Plus_equals_works_in_nested_fields() =>
        Hocon.Means("a { b = [1] }, a { b += 2 }, a.b += [3]", """{"a":{"b":[1,2,[3]]}}""");

    [Fact]
    public void Plus_equals_works_in_elements_of_arrays() =>
        Hocon.Means("[ { a = [1], a += 2 } ]", """[{"a":[1,2]}]""");

    [Fact]
    public void Plus_equals_sees_a_value_that_was_substituted()
    {
        Hocon.Means("d = [1], a = ${d}, a += 2", """{"d":[1],"a":[1,2]}""");
        Hocon.Means("d { l = [1] }, a = ${d}, a.l += 2", """{"d":{"l":[1]},"a":{"l":[1,2]}}""");
    }

    [Fact]
    public void Thousand_appends_resolve()
    {
        var config = Hocon.Parse(string.Concat(Enumerable.Range(0, 1000).Select(i => $"a += {i}\n")));
        Assert.Equal(Enumerable.Range(0, 1000), config.GetIntList("a"));
    }
}
