using Actors.Client.Commands;
using Actors.NodeShell;

return await NodeCommandLine.RunAsync(
    "ClientNode", "A client of Actors: keeps a directory the same as the server's share.", args,
    RunCommand.Create(), ControlCommands.Sync(), ControlCommands.Status(), ControlCommands.Confirm());
