using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Which incarnation of its address a system is: a number that is drawn anew for each start.</summary>
public class AddressUid : IExtension
{
    internal AddressUid(long uid) => Uid = (int)uid;

    /// <summary>The number, not negative.</summary>
    public int Uid { get; }
}
