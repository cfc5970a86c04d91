using Actors.Client.Planning;
using Actors.Lab.Nodes;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Lab.Observing;

/// <summary>Follows what was in a replica when it became who it is: until each file has been adopted, pushed or kept as a copy.</summary>
internal sealed class FirstJoinWatch(Coverage coverage)
{
    private readonly Dictionary<ClientSite, Dictionary<string, ContentRef>> _found = [];

    /// <summary>A replica has a new identity, and has agreed on nothing yet.</summary>
    public void Begin(ClientSite site) => _found[site] = VisibleTree.Read(site.Machine, ClientSite.Root)
        .Where(entry => entry.Value is { IsFile: true, Content.Size: > 0 })
        .ToDictionary(entry => entry.Key, entry => entry.Value.Content);

    /// <summary>It agrees with the server on bytes that were there and that another client has committed.</summary>
    public void Adopt(ClientSite site, RelativePath path, ContentRef content)
    {
        if (Take(site, path, content))
            coverage.Reached(Races.FirstJoinAdopted);
    }

    /// <summary>It has committed a file.</summary>
    public void Commit(ClientSite site, RelativePath path, ContentRef content)
    {
        if (Take(site, path, content))
            coverage.Reached(Races.FirstJoinPushed);
    }

    /// <summary>Its node has given a file a name.</summary>
    public void Place(ClientSite site, RelativePath path)
    {
        if (!ConflictName.IsOne(path) || !_found.TryGetValue(site, out var found) || VisibleTree.ContentAt(site.Machine, $"{ClientSite.Root}/{path}") is not { } content)
            return;
        if (found.FirstOrDefault(file => file.Value == content && path.ToString().StartsWith(StemOf(file.Key), StringComparison.Ordinal)).Key is { } was && found.Remove(was))
            coverage.Reached(Races.FirstJoinCopied);
    }

    private bool Take(ClientSite site, RelativePath path, ContentRef content) =>
        _found.TryGetValue(site, out var found) && found.TryGetValue(path.ToString(), out var was) && was == content && found.Remove(path.ToString());

    // The copy's name goes on with " (conflict of", and the extension after it.
    private static string StemOf(string path) => path.LastIndexOf('.') is var dot && dot > path.LastIndexOf('/') + 1 ? path[..dot] : path;
}
