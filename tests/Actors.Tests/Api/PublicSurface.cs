using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Actors.Tests.Api;

/// <summary>What an assembly shows to those who reference it, as sorted text: one line for each type and member.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetTypes().Where(IsVisible).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            foreach (string member in Members(type).Distinct().Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    public static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name))}");
        if (typeof(Delegate).IsAssignableFrom(type))
            return [MemberText.Of(type.GetMethod("Invoke")!)];
        return type.GetMembers(Declared)
            .Where(member => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null || member is MethodInfo)
            .Select(member => member switch
            {
                ConstructorInfo constructor when !constructor.IsStatic && IsVisible(constructor) => MemberText.Of(constructor),
                MethodInfo method when IsVisible(method) && IsTold(method) => MemberText.Of(method),
                PropertyInfo property when Visible(property).Length > 0 => MemberText.Of(property, Visible(property)),
                FieldInfo field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly => MemberText.Of(field),
                EventInfo happening when happening.AddMethod is { } add && IsVisible(add) => $"event {MemberText.Name(happening.EventHandlerType!)} {happening.Name}",
                _ => null,
            })
            .OfType<string>();
    }

    public static bool IsVisible(Type type) =>
        type.IsPublic || (type.IsNested && (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!));

    private static string Header(Type type)
    {
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        string[] bases = kind is "enum" or "delegate"
            ? []
            : [.. Base(type), .. type.GetInterfaces().Where(IsVisible).Select(MemberText.Name).Order(StringComparer.Ordinal)];
        string ancestry = bases.Length == 0 ? "" : " : " + string.Join(", ", bases);
        return $"{kind} {type.Namespace}.{MemberText.Name(type)}{ancestry}{MemberText.Constraints(type.GetGenericArguments())}";
    }

    private static IEnumerable<string> Base(Type type) =>
        type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? [MemberText.Name(parent)] : [];

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static MethodInfo[] Visible(PropertyInfo property) => [.. property.GetAccessors(nonPublic: true).Where(IsVisible)];

    /// <summary>Accessors show as properties; what every object has is not worth a line.</summary>
    private static bool IsTold(MethodInfo method) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && method.GetBaseDefinition().DeclaringType != typeof(object)
        && !method.Name.Contains('<', StringComparison.Ordinal);
}
