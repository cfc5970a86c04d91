using System.Reflection;
using System.Runtime.CompilerServices;

namespace Actors.Tests.Api;

/// <summary>Members written nearly as in C#.</summary>
internal static class MemberText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Of(ConstructorInfo constructor) =>
        $"{Access(constructor)}.ctor({Parameters(constructor)})";

    public static string Of(MethodInfo method)
    {
        Type[] arguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        string generic = arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(Name))}>";
        return $"{Access(method)}{Modifiers(method)}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)}){Constraints(arguments)}";
    }

    public static string Of(PropertyInfo property, MethodInfo[] visible)
    {
        string accessors = string.Join(" ", visible
            .OrderBy(accessor => accessor.Name, StringComparer.Ordinal)
            .Select(accessor => (accessor.IsPublic ? "" : Access(accessor)) + (accessor.Name.StartsWith("get_", StringComparison.Ordinal) ? "get;" : "set;")));
        string index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(Parameter))}]" : "";
        return $"{Modifiers(visible[0])}{Name(property.PropertyType)} {property.Name}{index} {{ {accessors} }}";
    }

    public static string Of(FieldInfo field)
    {
        string kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        string value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "";
        return $"{(field.IsPublic ? "" : "protected ")}{kind}{Name(field.FieldType)} {field.Name}{value}";
    }

    public static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsByRef)
            return Name(type.GetElementType()!);
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (type.IsGenericParameter)
            return type.Name;
        string name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        if (tick >= 0)
            name = $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
        return name;
    }

    public static string Constraints(Type[] arguments) => string.Concat(arguments.Where(type => type.IsGenericParameter).Select(Constraint));

    private static string Constraint(Type type)
    {
        var attributes = type.GenericParameterAttributes;
        List<string> parts = [.. type.GetGenericParameterConstraints().Where(part => part != typeof(ValueType)).Select(Name).Order(StringComparer.Ordinal)];
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            parts.Insert(0, "class");
        if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
            parts.Insert(0, "struct");
        else if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            parts.Add("new()");
        return parts.Count == 0 ? "" : $" where {type.Name} : {string.Join(", ", parts)}";
    }

    private static string Access(MethodBase method) => method.IsPublic || method.DeclaringType!.IsInterface ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface)
            return method.IsStatic ? "static " : "";
        if (method.IsStatic)
            return "static ";
        bool overrides = method.GetBaseDefinition() != method;
        string own = method switch
        {
            { IsAbstract: true } => overrides ? "abstract override " : "abstract ",
            { IsVirtual: true, IsFinal: false } => overrides ? "override " : "virtual ",
            _ => overrides ? "sealed override " : "",
        };
        return method.DeclaringType.IsSealed ? own.Replace("sealed ", "", StringComparison.Ordinal) : own;
    }

    private static string Parameters(MethodBase method)
    {
        string self = method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "";
        return self + string.Join(", ", method.GetParameters().Select(Parameter));
    }

    private static string Parameter(ParameterInfo parameter)
    {
        string way = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? (parameter.IsIn ? "in " : "ref ") : "";
        string many = parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) ? "params " : "";
        string value = parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue) : "";
        return $"{many}{way}{Name(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}
