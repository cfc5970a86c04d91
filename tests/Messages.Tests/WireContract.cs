using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Actors.Messages.Tests;

/// <summary>Everything that the .proto files declare, by reflection over the generated assembly.</summary>
internal static class WireContract
{
    private static readonly FileDescriptor[] Files =
    [
        .. typeof(Push).Assembly.GetTypes()
            .Where(type => type.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(type => (FileDescriptor)type.GetProperty("Descriptor")!.GetValue(null)!)
            .OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    public static IEnumerable<MessageDescriptor> Messages =>
        Files.SelectMany(file => file.MessageTypes).OrderBy(message => message.Name, StringComparer.Ordinal);

    public static IEnumerable<EnumDescriptor> Enums => Files.SelectMany(file => file.EnumTypes).OrderBy(values => values.Name, StringComparer.Ordinal);

    public static MessageDescriptor Message(string name) => Messages.Single(message => message.Name == name);

    /// <summary>The message with every field set: one element in each list, the last alternative of each choice.</summary>
    public static IMessage Filled(MessageDescriptor descriptor)
    {
        var message = (IMessage)Activator.CreateInstance(descriptor.ClrType)!;
        foreach (var field in descriptor.Fields.InFieldNumberOrder())
        {
            if (field.IsRepeated)
                ((System.Collections.IList)field.Accessor.GetValue(message)).Add(Value(field));
            else
                field.Accessor.SetValue(message, Value(field));
        }
        return message;
    }

    private static object Value(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Bytes => ByteString.CopyFrom(1, 2, 255),
        FieldType.String => "ü",
        FieldType.Bool => true,
        FieldType.UInt32 => uint.MaxValue,
        FieldType.UInt64 => ulong.MaxValue,
        FieldType.Int64 => long.MinValue,
        FieldType.Enum => field.EnumType.Values[^1].Number,
        FieldType.Message => Filled(field.MessageType),
        var other => throw new NotSupportedException($"{field.FullName} has type {other}: teach it to this test"),
    };
}
