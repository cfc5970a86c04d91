using Actors.Lab.Commands;
using Actors.NodeShell;

return await NodeCommandLine.RunAsync("Lab", "The laboratory of Actors: runs its nodes in a world that fails.", args, SimulateCommand.Create());
