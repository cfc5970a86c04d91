using Actors.Hosting;
using Actors.Server.Hosting;

return await NodeCommandLine.RunAsync(
    "ServerNode", "The server of Actors: keeps a directory of files consistent on many machines.", args, RunCommand.Create(), StatusCommand.Create());
