namespace Actors.Client.Tests.Files;

/// <summary>A directory of its own for one test, gone afterwards.</summary>
public sealed class TempDirectory : IDisposable
{
    public TempDirectory() => Path = Directory.CreateTempSubdirectory("client-tests-").FullName;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
    }

    public string Read(string name) => File.ReadAllText(this[name]);

    public void Dispose()
    {
        // Directory.Delete fails on paths that are too long for one call, and on names that are not text.
        using var removed = System.Diagnostics.Process.Start("rm", ["-rf", Path]);
        removed.WaitForExit();
    }
}
