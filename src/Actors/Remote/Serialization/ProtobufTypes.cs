using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Actors.Remote;

/// <summary>
/// The protobuf messages that may come in: those of the program's own assemblies, found once at the start. A manifest
/// is looked up here and nowhere else; no name from the wire ever reaches reflection.
/// </summary>
internal sealed class ProtobufTypes
{
    private readonly ConcurrentDictionary<byte[], MessageParser> _parsers = new(Utf8Comparer.Instance);
    private readonly ConcurrentDictionary<Type, byte[]> _manifests = new();
    private readonly ConcurrentDictionary<Assembly, bool> _scanned = new();

    public ProtobufTypes(IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
            Learn(assembly);
    }

    public bool TryGetParser(ReadOnlySpan<byte> manifest, [NotNullWhen(true)] out MessageParser? parser) =>
        _parsers.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(manifest, out parser);

    /// <summary>The manifest of a message to be sent. Sending one says that its assembly belongs to the program.</summary>
    public byte[] ManifestOf(IMessage message)
    {
        var type = message.GetType();
        if (_manifests.TryGetValue(type, out var manifest))
            return manifest;
        Learn(type.Assembly);
        return _manifests.GetOrAdd(type, t => Encoding.UTF8.GetBytes(ManifestOf(t)));
    }

    private static string ManifestOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    private void Learn(Assembly assembly)
    {
        if (!_scanned.TryAdd(assembly, true))
            return;
        foreach (var type in assembly.GetTypes())
        {
            if (type.IsAbstract || type.ContainsGenericParameters || !typeof(IMessage).IsAssignableFrom(type))
                continue;
            var descriptor = type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
            if (descriptor is not MessageDescriptor { Parser: { } parser })
                continue;
            var manifest = Encoding.UTF8.GetBytes(ManifestOf(type));
            _parsers[manifest] = parser;
            _manifests[type] = manifest;
        }
    }
}
