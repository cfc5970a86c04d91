using Actors.Common;
using Actors.Lab.Commands;

return await NodeCommandLine.RunAsync("Lab", "The laboratory of Actors: runs its nodes in a world that fails.", args, SimulateCommand.Create());
