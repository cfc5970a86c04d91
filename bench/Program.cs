using Actors.Bench;

return await BenchRun.RunAsync(args);
