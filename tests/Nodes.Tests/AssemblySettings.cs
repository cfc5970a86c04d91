using Xunit;

// Each test has several processes, which wait for most of the time: two side by side, and no more.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

// dotnet test Actors.sln --filter "Speed!=slow" leaves them out.
[assembly: AssemblyTrait("Speed", "slow")]
