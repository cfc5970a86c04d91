using System.Runtime.Versioning;

// As the client's tests, whose contracts are used here.
[assembly: SupportedOSPlatform("linux")]
