using Xunit;

// Each test has several processes; side by side they would only slow each other down.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
