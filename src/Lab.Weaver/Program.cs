using Actors.Lab.Weaver;
using Mono.Cecil;

if (args.Length < 3)
{
    Console.Error.WriteLine("Usage: Lab.Weaver FOLDER HOOKS.dll ASSEMBLY.dll...");
    return 2;
}
var folder = Directory.CreateDirectory(args[0]).FullName;
using var resolver = new DefaultAssemblyResolver();
foreach (var path in args[1..])
    resolver.AddSearchDirectory(Path.GetDirectoryName(path));
var parameters = new ReaderParameters { AssemblyResolver = resolver };
using var hooks = ModuleDefinition.ReadModule(args[1], parameters);
var notice = new List<string>();
foreach (var path in args[2..])
{
    using var module = ModuleDefinition.ReadModule(path, parameters);
    var changed = new ModuleWeaver(module, hooks).Weave();
    module.Write(Path.Combine(folder, Path.GetFileName(path)));
    notice.Add($"{Path.GetFileName(path)}: {changed} calls changed");
}
File.WriteAllText(Path.Combine(folder, "NOTICE.txt"), Notice.Of(notice));
return 0;
