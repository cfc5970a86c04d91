namespace Actors.Tests.Configuration;

/// <summary>Objects that are merged over substituted ones and referred to from elsewhere: what looks forward, what looks back.</summary>
public sealed class LookingBackTests
{
    [Fact]
    public void Value_over_a_substituted_object_is_seen_through_it() =>
        Hocon.Means("d { a = 1, b = 2 }, i = ${d}, i.b = 3, j.b = ${i.b}", """{"d":{"a":1,"b":2},"i":{"a":1,"b":3},"j":{"b":3}}""");

    [Fact]
    public void Object_over_a_substituted_object_is_seen_through_it() =>
        Hocon.Means("d { a = 1, b = 2 }, i = ${d}, i.b = { c : 43 }, j.b = ${i.b}", """{"d":{"a":1,"b":2},"i":{"a":1,"b":{"c":43}},"j":{"b":{"c":43}}}""");

    [Fact]
    public void Substituted_object_over_a_value_is_seen_instead() =>
        Hocon.Means("d { a = 1, b = 2 }, i.b = 7, i = ${d}, j.b = ${i.b}", """{"d":{"a":1,"b":2},"i":{"a":1,"b":2},"j":{"b":2}}""");

    [Fact]
    public void Object_that_is_merged_into_a_field_sees_what_the_field_was_before() =>
        Hocon.Means(
            "i.b.c = 100, d { a = ${i.b.c}, b = 2 }, i = ${d}, i.b = { c : 43 }, j.b = ${i.b}",
            """{"i":{"b":{"c":43},"a":100},"d":{"a":100,"b":2},"j":{"b":{"c":43}}}""");

    [Fact]
    public void Layers_of_substituted_objects_are_merged_up_to_what_is_no_object() =>
        Hocon.Means(
            """
            z = 15
            ddd { m = ${z}, n.o.p = ${z} }
            dd { x = 10, asdf = ${z} }
            d { a = 1, b = 2 }
            alias = ${d}
            i { hidden = 1 }
            i = 345
            i = ${?NONEXISTENT}
            i = ${ddd}
            i = {}
            i = ${dd}
            i = ${alias}
            i = ${d}
            i.b = { c : 43 }
            i.xyz = 101
            j.b = ${i.b}
            """,
            """
            {"z":15,"ddd":{"m":15,"n":{"o":{"p":15}}},"dd":{"x":10,"asdf":15},"d":{"a":1,"b":2},"alias":{"a":1,"b":2},
             "i":{"m":15,"n":{"o":{"p":15}},"x":10,"asdf":15,"a":1,"b":{"c":43},"xyz":101},"j":{"b":{"c":43}}}
            """);

    [Fact]
    public void Objects_over_substituted_ones_may_refer_to_each_other() =>
        Hocon.Means(
            "d { a = 1, b = 2 }, i = ${d}, i.c = ${j.d}, i.x = ${j.y}, j = ${d}, j.d = ${i.a}, j.y = 15",
            """{"d":{"a":1,"b":2},"i":{"a":1,"b":2,"c":1,"x":15},"j":{"a":1,"b":2,"d":1,"y":15}}""");

    [Fact]
    public void Objects_may_refer_to_each_other_to_and_fro() =>
        Hocon.Means(
            "i.a = 10, i.b = ${j.d}, j.c = 12, j.d = 14, j.e = ${i.a}, j.f = ${i.b}, j.g = ${j.f}",
            """{"i":{"a":10,"b":14},"j":{"c":12,"d":14,"e":10,"f":14,"g":14}}""");

    [Fact]
    public void Looking_up_one_field_does_not_resolve_the_others() =>
        Hocon.Means("foo : ${a.b.c}, a : { b : { c : 42, cycle : ${foo} }, cycle : ${foo} }", """{"foo":42,"a":{"b":{"c":42,"cycle":42},"cycle":42}}""");

    [Fact]
    public void References_to_objects_that_hold_references_resolve() =>
        Hocon.Means(
            """
            foo : ${bar}, bar : ${a.b.c}
            a : { b : { c : 57, d : ${foo}, e : { f : ${foo} } } }
            objA : ${a}, objB : ${a.b}, objE : ${a.b.e}
            "foo.bar" : 37
            arr : [ ${foo}, ${a.b.c}, ${"foo.bar"}, ${objB.d}, ${objA.b.e.f}, ${objE.f} ]
            x : { y : ${arr} }
            """,
            """
            {"foo":57,"bar":57,"a":{"b":{"c":57,"d":57,"e":{"f":57}}},"objA":{"b":{"c":57,"d":57,"e":{"f":57}}},
             "objB":{"c":57,"d":57,"e":{"f":57}},"objE":{"f":57},"foo.bar":37,"arr":[57,57,37,57,57,57],"x":{"y":[57,57,37,57,57,57]}}
            """);

    [Fact]
    public void Object_does_not_hide_an_undefined_substitution() => Hocon.Fails("a = ${nonexistent}, a = { b : 42 }");

    [Fact]
    public void Cycle_with_one_required_link_is_refused_through_objects_too() =>
        Assert.Contains("cycle", Hocon.Fails("foo : ${bar}, bar : ${a.b.c}, a : { b : { c : ${foo} } }").Message, StringComparison.Ordinal);

    [Fact]
    public void Cycle_of_optional_links_through_objects_is_undefined() =>
        Hocon.Means("foo : ${?bar}, bar : ${?a.b.c}, a : { b : { c : ${?foo} } }", """{"a":{"b":{}}}""");

    [Fact]
    public void Appended_object_may_append_to_its_own_fields() =>
        Hocon.Means("x += { a += 1, a += 2 }, x += { a += 3 }", """{"x":[{"a":[1,2]},{"a":[3]}]}""");

    [Fact]
    public void Later_piece_of_a_concatenation_overrides_the_earlier_value() =>
        Hocon.Means("a : { b : 3 }, a : { b : 2 } ${a}", """{"a":{"b":3}}""");
}
