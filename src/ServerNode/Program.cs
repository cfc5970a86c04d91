using Actors.Hosting;
using Actors.Server.Demo;
using Actors.Server.Hosting;

return await NodeCommandLine.RunAsync(
    "ServerNode", "The server of Actors: keeps a directory of files consistent on many machines.", args, RunCommand.Create(), DemoCommand.Create(), StatusCommand.Create());
