using Actors.NodeShell;
using Actors.Server.Commands;
using Actors.Server.Demo;

return await NodeCommandLine.RunAsync(
    "ServerNode", "The server of Actors: keeps a directory of files consistent on many machines.", args, ServerRunCommand.Create(), DemoCommand.Create(), StatusCommand.Create(),
    StoreCommands.Verify(), StoreCommands.Backup());
