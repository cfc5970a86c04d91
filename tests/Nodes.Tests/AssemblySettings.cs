using Xunit;

// Each test has several processes, which wait for most of the time: two side by side, and no more.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
