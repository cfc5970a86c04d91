using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Actors.Lab.Weaver;

/// <summary>Sends the calls of a module that reach outside to the hooks, and lets it read its defaults once.</summary>
internal sealed class ModuleWeaver
{
    /// <summary>Marks a woven assembly, behind its version.</summary>
    public const string Mark = "+woven-for-simulation";

    private readonly ModuleDefinition _module;
    private readonly Dictionary<string, MethodReference> _hooks = [];
    private int _changed;

    public ModuleWeaver(ModuleDefinition module, ModuleDefinition hooks)
    {
        _module = module;
        foreach (var method in hooks.GetType("Actors.Lab.Hooks.Calls").Methods.Where(method => method.IsPublic))
            _hooks.Add(KeyOf(method.Name, method.Parameters.Select(parameter => parameter.ParameterType)), module.ImportReference(method));
    }

    /// <returns>How many calls were changed.</returns>
    public int Weave()
    {
        foreach (var method in _module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
        {
            // A copy: inserted instructions are not woven again.
            foreach (var instruction in method.Body.Instructions.ToList())
                Weave(method.Body.GetILProcessor(), instruction);
            if (method is { Name: "Default", IsStatic: true, HasParameters: false, ReturnType.Name: "Config" })
                Remember(method);
        }
        Rename();
        return _changed;
    }

    private void Weave(ILProcessor il, Instruction instruction)
    {
        if (instruction.Operand is not MethodReference called)
            return;
        if (called.Name == "ConfigureAwait" && called.Parameters is [{ ParameterType.MetadataType: MetadataType.Boolean }])
            ComeBack(il, instruction);
        else if (IsStaticCounter(instruction, called) && instruction.Previous.Operand is FieldReference field)
            Count(instruction, field);
        else if (_hooks.TryGetValue(KeyOf(called), out var hook))
        {
            instruction.OpCode = OpCodes.Call;
            instruction.Operand = hook;
            _changed++;
        }
    }

    /// <summary>The continuation comes back to the scheduler that it left, whatever the argument was.</summary>
    private void ComeBack(ILProcessor il, Instruction call)
    {
        // In place of the argument, so that jumps to the call still arrive behind it.
        if (call.Previous.OpCode.Code is Code.Ldc_I4_0 or Code.Ldc_I4_1)
            call.Previous.OpCode = OpCodes.Ldc_I4_1;
        else
        {
            il.InsertBefore(call, il.Create(OpCodes.Pop));
            il.InsertBefore(call, il.Create(OpCodes.Ldc_I4_1));
        }
        _changed++;
    }

    private static bool IsStaticCounter(Instruction instruction, MethodReference called) =>
        instruction.Previous?.OpCode.Code is Code.Ldsfld or Code.Ldsflda
        && (called.DeclaringType.Name == "AtomicCounter" && called.Name is "IncrementAndGet" or "GetAndIncrement"
            || called.DeclaringType.Name == "Interlocked" && called.Name == "Increment" && called.ReturnType.MetadataType == MetadataType.Int32);

    private void Count(Instruction call, FieldReference field)
    {
        (call.Previous.OpCode, call.Previous.Operand) = (OpCodes.Ldstr, field.FullName);
        (call.OpCode, call.Operand) = (OpCodes.Call, _hooks["Counter(String)"]);
        _changed++;
    }

    /// <summary>The defaults are long and never change: parsing them for each system would be a large part of its start.</summary>
    private void Remember(MethodDefinition method)
    {
        var parsed = new FieldDefinition("parsed", FieldAttributes.Private | FieldAttributes.Static, method.ReturnType);
        method.DeclaringType.Fields.Add(parsed);
        var il = method.Body.GetILProcessor();
        var first = method.Body.Instructions[0];
        var end = method.Body.Instructions[^1];
        foreach (var instruction in (Instruction[])[il.Create(OpCodes.Ldsfld, parsed), il.Create(OpCodes.Brfalse, first), il.Create(OpCodes.Ldsfld, parsed), il.Create(OpCodes.Ret)])
            il.InsertBefore(first, instruction);
        il.InsertBefore(end, il.Create(OpCodes.Dup));
        il.InsertBefore(end, il.Create(OpCodes.Stsfld, parsed));
        _changed++;
    }

    // The type's and the method's name, and what is on the stack.
    private static string KeyOf(MethodReference called)
    {
        var property = called.Name.StartsWith("get_", StringComparison.Ordinal) ? called.Name[4..] : called.Name;
        IEnumerable<TypeReference> arguments = called.Parameters.Select(parameter => parameter.ParameterType);
        if (called.HasThis)
            arguments = arguments.Prepend(called.DeclaringType);
        return KeyOf($"{called.DeclaringType.Name.Split('`')[0]}{property}", arguments);
    }

    private static string KeyOf(string name, IEnumerable<TypeReference> arguments) => $"{name}({string.Join(',', arguments.Select(NameOf))})";

    private static string NameOf(TypeReference type) =>
        type is GenericInstanceType generic ? $"{type.Name}<{string.Join(',', generic.GenericArguments.Select(NameOf))}>" : type.Name;

    private void Rename()
    {
        var version = _module.Assembly.CustomAttributes.Single(attribute => attribute.AttributeType.Name == "AssemblyInformationalVersionAttribute");
        var text = (string)version.ConstructorArguments[0].Value;
        version.ConstructorArguments[0] = new CustomAttributeArgument(_module.TypeSystem.String, text.Split('+')[0] + Mark);
    }
}
