using System.Linq.Expressions;
using System.Reflection;

namespace Actors.Runtime;

/// <summary>Evaluates the arguments of a constructor call once, when the props are made.</summary>
internal static class ConstructorArguments
{
    public static object?[] Evaluate(NewExpression call)
    {
        var values = new object?[call.Arguments.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = Evaluate(call.Arguments[i]);
        return values;
    }

    /// <summary>Constants and captured variables are read; whatever else there is, is compiled.</summary>
    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } member => field.GetValue(Owner(member)),
        MemberExpression { Member: PropertyInfo property } member => Property(property, Owner(member)),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } cast
            when cast.Type.IsAssignableFrom(cast.Operand.Type) => Evaluate(cast.Operand),
        _ => Expression.Lambda(expression).Compile(preferInterpretation: true).DynamicInvoke(),
    };

    private static object? Owner(MemberExpression member) => member.Expression is null ? null : Evaluate(member.Expression);

    private static object? Property(PropertyInfo property, object? owner) =>
        property.GetMethod!.Invoke(owner, BindingFlags.DoNotWrapExceptions, null, null, null);
}
